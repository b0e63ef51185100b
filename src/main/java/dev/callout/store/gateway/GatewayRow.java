package dev.callout.store.gateway;

import dev.callout.campaign.SafeText;
import dev.callout.campaign.SipIdentity;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.gateway.Increment;
import dev.callout.campaign.gateway.Served;
import dev.callout.campaign.telephone.DialFormat;
import dev.callout.campaign.telephone.NumberForm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A row of table {@code gateways}. NULL and blank text mean the default. A value that cannot be read becomes one of the
 * gateway's problems, with table, row and column: a gateway that wants numbers in another form than we know gets none.
 */
public final class GatewayRow {

    private static final int MOST = 1_000_000;
    private static final int MOST_A_SECOND = 10_000;

    private final Map<String, Object> row;
    private final List<String> problems = new ArrayList<>();

    private GatewayRow(Map<String, Object> row) {
        this.row = row;
    }

    /** Reads a row, by column. */
    public static Gateway read(Map<String, Object> row) {
        return new GatewayRow(row).gateway();
    }

    private Gateway gateway() {
        String name = text("name");
        if (!DialString.isGateway(name)) {
            problem("name", "it must be a gateway's name, or profile/gateway");
        }
        Gateway.Order order = new Gateway.Order(
                whole("priority", Gateway.Order.DEFAULT.priority()),
                read("cost_per_minute", null, GatewayRow::price),
                whole("weight", Gateway.Order.DEFAULT.weight()));
        return new Gateway(
                name,
                read("enabled", Boolean.TRUE, GatewayRow::flag),
                Set.copyOf(names(text("switches"))),
                order,
                read("billing_increment", Increment.SECOND, Increment::of),
                read("prefixes", Served.ALL, Served::of),
                form(),
                read("codecs", null, GatewayRow::codecs),
                identity(),
                text("caller_id_pool"),
                new Gateway.Limit(
                        read("calls_per_second", null, GatewayRow::rate), read("max_calls", null, GatewayRow::whole)),
                problems);
    }

    private NumberForm form() {
        DialFormat format = read(
                "dial_format",
                null,
                text -> DialFormat.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_')));
        int strip = whole("strip", 0);
        String prefix = text("prefix");
        try {
            return new NumberForm(format, strip, prefix == null ? "" : prefix);
        } catch (IllegalArgumentException e) {
            problem("strip or prefix", e.getMessage());
            return NumberForm.AS_DIALLED;
        }
    }

    private SipIdentity identity() {
        return new SipIdentity(
                read("attest", null, SipIdentity::attest),
                read("privacy", Boolean.FALSE, GatewayRow::flag),
                read("asserted_identity", null, SipIdentity::asserted));
    }

    private static BigDecimal price(String text) {
        BigDecimal price = new BigDecimal(text);
        if (price.signum() < 0) {
            throw new IllegalArgumentException("it must be at least 0");
        }
        return price;
    }

    private static Double rate(String text) {
        double rate = new BigDecimal(text).doubleValue();
        if (rate < 0 || rate > MOST_A_SECOND) {
            throw new IllegalArgumentException("it must be 0 to " + MOST_A_SECOND);
        }
        return rate;
    }

    private static String codecs(String text) {
        if (!DialString.isCodecList(text)) {
            throw new IllegalArgumentException("it must be names separated by commas, as PCMA,PCMU");
        }
        return text;
    }

    /** Connector/J returns a TINYINT(1) as a Boolean. */
    private static Boolean flag(String text) {
        return text.equals("true") || !text.equals("false") && new BigDecimal(text).signum() != 0;
    }

    private int whole(String column, int otherwise) {
        return read(column, otherwise, GatewayRow::whole);
    }

    private static Integer whole(String text) {
        int value = new BigDecimal(text).intValueExact();
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException("it must be 0 to " + MOST);
        }
        return value;
    }

    private <T> T read(String column, T otherwise, Function<String, T> reader) {
        String text = text(column);
        try {
            return text == null ? otherwise : reader.apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            problem(column, "'" + text + "' cannot be used: " + e.getMessage());
            return otherwise;
        }
    }

    /** Returns the names in a column, separated by commas or blanks; null holds none. */
    static List<String> names(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[,;\\s]+"))
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    private String text(String column) {
        Object value = row.get(column);
        return value == null ? null : SafeText.orNull(value.toString());
    }

    private void problem(String column, String what) {
        problems.add("table gateways, row " + row.get("i_gateway") + ", column " + column + ": " + what);
    }
}
