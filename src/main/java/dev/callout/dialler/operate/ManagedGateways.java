package dev.callout.dialler.operate;

import dev.callout.dialler.gateways.Gateways;
import java.util.Date;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/** All gateways that calls have used, in one table for a JMX console, as this node sees them. */
@ManagedResource(description = "The gateways that calls have used, each separately on each switch")
public final class ManagedGateways {

    private static final String[] COLUMNS = {"switch", "gateway", "rests", "triedAgain"};
    private static final CompositeType ROW = row();

    private final Gateways gateways;

    /** @param gateways those that are shown */
    public ManagedGateways(Gateways gateways) {
        this.gateways = gateways;
    }

    /** One row for each gateway on each switch. */
    @ManagedAttribute(
            description = "By switch and gateway: whether it rests because it mostly fails, and when it is tried again")
    public TabularData getGateways() throws OpenDataException {
        TabularDataSupport table = new TabularDataSupport(
                new TabularType("gateways", "gateways", ROW, new String[] {"switch", "gateway"}));
        for (Gateways.Used one : gateways.used()) {
            Gateways.Rest rest = one.rest();
            table.put(new CompositeDataSupport(ROW, COLUMNS, new Object[] {
                one.way().switchName(), one.way().title(), rest != null, rest == null ? null : Date.from(rest.until())
            }));
        }
        return table;
    }

    private static CompositeType row() {
        try {
            return new CompositeType("gateway", "a gateway on a switch", COLUMNS, COLUMNS, new OpenType<?>[] {
                SimpleType.STRING, SimpleType.STRING, SimpleType.BOOLEAN, SimpleType.DATE
            });
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }
}
