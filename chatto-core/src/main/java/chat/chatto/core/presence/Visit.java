package chat.chatto.core.presence;

import chat.chatto.core.account.UserId;

/** One connection of a person to this server, while it lasts. Used by one thread at a time. */
public final class Visit {

    private final Visitors visitors;
    private final UserId user;
    private final long lingeringNanos;

    private Activity activity;
    private boolean over;

    Visit(Visitors visitors, UserId user, Activity activity, long lingeringNanos) {
        this.visitors = visitors;
        this.user = user;
        this.activity = activity;
        this.lingeringNanos = lingeringNanos;
        visitors.arrive(user, activity);
    }

    /** Whether somebody uses the connection. */
    public void report(Activity now) {
        if (!over && now != activity) {
            visitors.change(user, activity, now);
            activity = now;
        }
    }

    /** The connection ended; the person may be back in a moment. */
    public void interrupt() {
        end(lingeringNanos);
    }

    /** The person signed out. */
    public void finish() {
        end(0);
    }

    private void end(long linger) {
        if (!over) {
            over = true;
            visitors.leave(user, activity, System.nanoTime() + linger);
        }
    }
}
