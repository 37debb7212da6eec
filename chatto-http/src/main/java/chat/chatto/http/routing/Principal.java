package chat.chatto.http.routing;

import chat.chatto.core.account.UserId;

/**
 * Who sent a request, and by what they proved it.
 *
 * @param byCookie whether the browser sent the token on its own accord, so that a forged request is possible
 */
public record Principal(UserId user, String token, boolean byCookie) {

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "Principal[" + user + ']';
    }
}
