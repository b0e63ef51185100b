package dev.callout.dialler.prompts;

import dev.callout.settings.PromptSettings;
import dev.callout.store.DatabaseWords;
import dev.callout.store.prompts.PromptFileRows;
import dev.callout.store.prompts.PromptFolder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes copies of uploaded prompts into the folder of this node, wherever they were uploaded, and writes a copy again that
 * has been removed or damaged. Copies are never deleted: a campaign, or a call that is up, may still play one.
 */
public final class PromptCopies {

    private static final Logger LOG = LoggerFactory.getLogger(PromptCopies.class);

    private final Supplier<Optional<PromptSettings>> settings;
    private final String node;
    private final PromptFileRows rows;
    /** Those whose content has been read since the start of this node. Only one thread uses it. */
    private final Set<String> checked = new HashSet<>();
    /** What was said last; null: nothing is wrong. */
    private String told;

    /**
     * @param settings where the folder is; empty: there is none
     * @param node     the name of this node
     */
    public PromptCopies(Supplier<Optional<PromptSettings>> settings, String node, PromptFileRows rows) {
        this.settings = settings;
        this.node = node;
        this.rows = rows;
    }

    /** Writes what is missing. This takes as long as the disk does. What cannot be written now is tried again. */
    public void keep() {
        Optional<PromptSettings> current = settings.get();
        if (current.isEmpty()) {
            return;
        }
        PromptFolder folder = new PromptFolder(current.get().folder(), node);
        String wrong = null;
        try {
            List<PromptFileRows.Row> all = rows.all();
            checked.retainAll(all.stream().map(PromptFileRows.Row::sha256).toList());
            wrong = all.isEmpty() ? null : folder.problem().orElse(null);
            for (PromptFileRows.Row row : wrong == null ? all : List.<PromptFileRows.Row>of()) {
                String problem = problem(folder, row);
                wrong = wrong == null ? problem : wrong;
            }
        } catch (SQLException e) {
            LOG.debug("Copies of uploaded prompts are looked at later: {}", DatabaseWords.of(e));
            return;
        } catch (RuntimeException e) {
            LOG.error("Copies of uploaded prompts cannot be looked at", e);
        }
        tell(wrong);
    }

    /** Keeps one copy. Returns why it cannot; null if it has: a row that somebody damaged keeps no other back. */
    private String problem(PromptFolder folder, PromptFileRows.Row row) throws SQLException {
        try {
            keep(folder, row);
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return "the copy of prompt file " + row.key() + " cannot be written: " + e;
        }
    }

    private void keep(PromptFolder folder, PromptFileRows.Row row) throws IOException, SQLException {
        if (folder.has(row.sha256(), row.bytes())) {
            if (checked.contains(row.sha256()) || folder.isRight(row.sha256())) {
                checked.add(row.sha256());
                return;
            }
            LOG.warn("The copy of prompt file {} is damaged, and is written again", row.sha256());
        }
        folder.write(row.sha256(), out -> rows.content(row.key(), out));
        checked.add(row.sha256());
        LOG.info("Prompt file {} is in the folder of this node", row.sha256());
    }

    private void tell(String wrong) {
        if (wrong != null && !wrong.equals(told)) {
            LOG.warn("Switches of this node lack uploaded prompts: {}", wrong);
        }
        told = wrong;
    }
}
