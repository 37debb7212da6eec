package chat.chatto.http.routing;

import io.undertow.util.HttpString;
import io.undertow.util.Methods;

import java.util.Optional;

/** The methods that routes answer to; HEAD is answered wherever GET is. */
public enum Verb {
    GET(false),
    POST(true),
    PUT(true),
    PATCH(true),
    DELETE(true);

    private final boolean changing;

    Verb(boolean changing) {
        this.changing = changing;
    }

    /** Whether a request with it changes something, and so needs protection against forged requests. */
    public boolean isChanging() {
        return changing;
    }

    static Optional<Verb> of(HttpString method) {
        if (method.equals(Methods.GET) || method.equals(Methods.HEAD)) {
            return Optional.of(GET);
        }
        for (Verb verb : values()) {
            if (method.equalToString(verb.name())) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
