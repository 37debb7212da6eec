package chat.chatto.bench.report;

/**
 * Resident memory of one running server around many posts.
 *
 * @param messages posted between the two looks, after a warm-up that is not counted
 * @param heapBeforeMib live heap after a collection, likewise {@code heapAfterMib}
 */
public record Growth(
        long messages,
        double rssBeforeMib,
        double rssAfterMib,
        double heapBeforeMib,
        double heapAfterMib) {

    public double grownMib() {
        return rssAfterMib - rssBeforeMib;
    }
}
