package chat.chatto.core.access;

import chat.chatto.core.account.UserId;

/** To whom something is allowed or denied. */
public sealed interface Subject {

    record OfRole(RoleId role) implements Subject {

        @Override
        public String toString() {
            return "role:" + role;
        }
    }

    record OfUser(UserId user) implements Subject {

        @Override
        public String toString() {
            return "user:" + user;
        }
    }
}
