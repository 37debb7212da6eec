package chat.chatto.bench;

/** Names for the users and rooms of one run, so that a second run on the same server meets none of the first. */
final class RunName {

    private static final int BASE = 36;

    private final String unique = Long.toString(System.currentTimeMillis(), BASE);

    /** The beginning of logins: short enough for a number behind it. */
    String logins() {
        return "b" + unique + "x";
    }

    /** The beginning of room names. */
    String rooms(String purpose) {
        return purpose + "-" + unique;
    }
}
