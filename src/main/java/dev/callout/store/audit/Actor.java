package dev.callout.store.audit;

import java.security.AccessController;
import java.security.Principal;
import java.util.Comparator;
import javax.security.auth.Subject;

/**
 * Who changes something. Like the subject of JAAS, the actor belongs to the thread that does it, so that each change
 * knows it, however deep it lies.
 *
 * @param name   in words, such as {@code user anna}, {@code token night-shift}, {@code Karaf user karaf}
 * @param source the address that the request came from; null if there is none
 */
public record Actor(String name, String source) {

    /** Who made the changes that a scan finds. */
    public static final Actor UNKNOWN = new Actor("SQL or unknown", null);

    /** Who does what nobody has asked for just now. */
    public static final Actor CALLOUT = new Actor("Callout", null);

    private static final ThreadLocal<Actor> PRESENT = new ThreadLocal<>();

    private static final String KARAF = "org.apache.karaf.";

    /** What an actor does. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Does something in the name of an actor. */
    public static <T, E extends Exception> T as(Actor actor, Work<T, E> work) throws E {
        Actor before = PRESENT.get();
        PRESENT.set(actor);
        try {
            return work.run();
        } finally {
            if (before == null) {
                PRESENT.remove();
            } else {
                PRESENT.set(before);
            }
        }
    }

    /** Returns who acts on this thread; Callout itself if nobody else is known. */
    public static Actor present() {
        return PRESENT.get() == null ? CALLOUT : PRESENT.get();
    }

    /**
     * Returns who has logged in to JMX or to Karaf's shell and acts on this thread.
     *
     * @param way the name if nobody has logged in, such as {@code JMX}
     */
    public static Actor loggedIn(String way) {
        Subject subject = subject();
        // Karaf gives a subject its roles and groups as principals, too.
        return subject == null
                ? new Actor(way, null)
                : subject.getPrincipals().stream()
                        .filter(one -> one.getClass().getSimpleName().matches("UserPrincipal|JMXPrincipal"))
                        .min(Comparator.comparing(one -> one.getClass().getName()))
                        .map(one -> new Actor(title(one, way) + " user " + one.getName(), null))
                        .orElse(new Actor(way, null));
    }

    private static String title(Principal principal, String way) {
        return principal.getClass().getName().startsWith(KARAF) ? "Karaf" : way;
    }

    @SuppressWarnings("removal")
    private static Subject subject() {
        try {
            // Java 18 and later; earlier ones keep the subject in the access control context.
            return (Subject) Subject.class.getMethod("current").invoke(null);
        } catch (NoSuchMethodException e) {
            return Subject.getSubject(AccessController.getContext());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Subject.current() cannot be called", e);
        }
    }
}
