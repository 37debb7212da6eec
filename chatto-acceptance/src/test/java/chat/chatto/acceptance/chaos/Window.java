package chat.chatto.acceptance.chaos;

/**
 * The time in which something was broken.
 *
 * @param begin when it broke, in milliseconds since the run began
 * @param healed when it was put right
 * @param recovered when everything was well again and everybody had written something
 */
record Window(Fault fault, String what, long begin, long healed, long recovered) {}
