package chat.chatto.acceptance.chaos;

/**
 * One request of one client.
 *
 * @param begin when it was sent, in milliseconds since the run began
 * @param end when the answer was there, or it was clear that there will be none
 * @param status what HTTP said; 0 when there was no answer
 * @param explained whether a refusal came with a problem document
 * @param stale whether what was read came with the mark that it may be out of date
 */
record Attempt(
        String client,
        Kind kind,
        long begin,
        long end,
        int status,
        boolean explained,
        boolean stale) {

    enum Kind {
        POST,
        CHANGE,
        READ
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    long millis() {
        return end - begin;
    }
}
