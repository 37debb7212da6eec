package chat.chatto.http.json;

import java.nio.charset.StandardCharsets;

/** The name of a member, encoded once: {@code "name":} as bytes. Names are ours, so they need no escaping. */
public final class Name {

    final byte[] encoded;

    private Name(byte[] encoded) {
        this.encoded = encoded;
    }

    public static Name of(String name) {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException("A name that needs escaping: " + name);
        }
        return new Name(('"' + name + "\":").getBytes(StandardCharsets.US_ASCII));
    }
}
