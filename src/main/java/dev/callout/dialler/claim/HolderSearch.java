package dev.callout.dialler.claim;

import dev.callout.dialler.campaigns.HeldRows;
import dev.callout.store.RowHolders;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, beside the claims, who holds a campaign's row. Only one search runs at a time, because it waits for the
 * row.
 */
public final class HolderSearch extends ServiceSupport implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(HolderSearch.class);

    private final DataSource dataSource;
    private final HeldRows heldRows;
    private final AtomicBoolean searching = new AtomicBoolean();
    private CamelContext camelContext;
    private ExecutorService threads;
    private RowHolders holders;

    public HolderSearch(DataSource dataSource, HeldRows heldRows) {
        this.dataSource = dataSource;
        this.heldRows = heldRows;
    }

    /** Starts a search for the holder of the campaign's row, unless a search is already running. */
    void begin(long campaign) {
        if (isRunAllowed() && searching.compareAndSet(false, true)) {
            threads.execute(() -> search(campaign));
        }
    }

    private void search(long campaign) {
        try {
            String holder = holders.holder(campaign);
            if (holder != null) {
                heldRows.heldBy(campaign, holder);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Who holds the row of campaign {} cannot be found out", campaign, e);
        } finally {
            searching.set(false);
        }
    }

    @Override
    protected void doStart() {
        threads = camelContext.getExecutorServiceManager().newFixedThreadPool(this, "CalloutHeldRows", 2);
        holders = new RowHolders(dataSource, threads);
    }

    @Override
    protected void doStop() {
        if (threads != null) {
            camelContext.getExecutorServiceManager().shutdownNow(threads);
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
