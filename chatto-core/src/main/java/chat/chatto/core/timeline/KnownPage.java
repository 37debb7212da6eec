package chat.chatto.core.timeline;

import java.util.Map;

/**
 * A page together with what is known of its document.
 *
 * @param page the page now, perhaps newer than its document
 * @param revision the document's revision, 0 when there is none
 * @param storedSequence the page's {@link Page#appliedSequence} in the document, 0 when there is none
 * @param spilled the entries that have documents of their own: ordinal to the commit in the document's key
 */
record KnownPage(Page page, long revision, long storedSequence, Map<Long, Long> spilled) {

    KnownPage {
        spilled = Map.copyOf(spilled);
    }

    static KnownPage absent(PageKey key) {
        return new KnownPage(Page.empty(key), 0, 0, Map.of());
    }

    /** Whether the page is newer than its document. */
    boolean dirty() {
        return page.appliedSequence() > storedSequence;
    }

    KnownPage apply(Commit commit) {
        return new KnownPage(page.apply(commit), revision, storedSequence, spilled);
    }

    /** This page, perhaps newer by now, with what is known of the document that was just stored. */
    KnownPage afterStoring(KnownPage stored) {
        return stored.revision() > revision
                ? new KnownPage(page, stored.revision(), stored.storedSequence(), stored.spilled())
                : this;
    }
}
