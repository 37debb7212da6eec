package chat.chatto.storage.jetstream;

import java.nio.file.Path;

/** How to authenticate to NATS. Secrets are masked when printed. */
public sealed interface Credentials {

    /** The server asks for nothing. */
    record None() implements Credentials {}

    /** A shared token. */
    record Token(String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /** A user name and a password. */
    record UserPassword(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "UserPassword[user=" + user + ", password=***]";
        }
    }

    /** A credentials file as {@code nsc} writes it: a user JWT and its key seed. */
    record CredentialsFile(Path path) implements Credentials {}

    /** The seed of an Ed25519 key whose public half the server knows; it begins with {@code SU}. */
    record Nkey(String seed) implements Credentials {
        @Override
        public String toString() {
            return "Nkey[***]";
        }
    }
}
