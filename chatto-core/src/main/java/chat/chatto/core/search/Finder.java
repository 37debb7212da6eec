package chat.chatto.core.search;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.MessageAddress;

import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.IndexSortSortedNumericDocValuesRangeQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds messages in an index as it is at one moment. For one query. */
final class Finder {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final IndexSearcher searcher;
    private final Vocabulary vocabulary;

    /** @param searcher of which this one sees the index, and nothing else */
    Finder(IndexSearcher searcher, Set<Language> languages) throws IOException {
        this.searcher = new IndexSearcher(searcher.getIndexReader());
        this.searcher.setTimeout(new QueryTimeoutImpl(LONGEST.toMillis()));
        this.vocabulary = new Vocabulary(searcher.getIndexReader(), new Stems(languages));
    }

    /** A message that may be one that is looked for. */
    record Found(MessageAddress address, SearchPlace place) {}

    /**
     * What was found.
     *
     * @param found the newest first
     * @param clauses what is to be highlighted
     * @param complete whether there is no more
     */
    record Matches(List<Found> found, List<Clause> clauses, boolean complete) {}

    /** @throws TookTooLongException when it is not found in seconds */
    Matches find(Wish wish, int most) throws IOException {
        List<Clause> clauses = new ArrayList<>();
        for (Condition condition : wish.words()) {
            List<Clause.Place> places = vocabulary.places(condition);
            if (!places.isEmpty()) {
                clauses.add(new Clause(places));
            }
        }
        if (wish.rooms().isEmpty() || (clauses.isEmpty() && !restricted(wish))) {
            return new Matches(List.of(), clauses, true);
        }
        ScoreDoc[] documents =
                searcher.search(
                                query(wish, clauses),
                                new TopFieldCollectorManager(Fields.ORDER, most, after(wish), most))
                        .scoreDocs;
        if (searcher.timedOut()) {
            throw new TookTooLongException();
        }
        List<MessageAddress> addresses = SearchIndex.addresses(searcher, List.of(documents));
        List<Found> found = new ArrayList<>(documents.length);
        for (int at = 0; at < documents.length; at++) {
            Object[] values = ((FieldDoc) documents[at]).fields;
            found.add(
                    new Found(
                            addresses.get(at),
                            new SearchPlace((Long) values[0], (Long) values[1])));
        }
        return new Matches(found, clauses, documents.length < most);
    }

    /** Whether something else than words was asked for. */
    private static boolean restricted(Wish wish) {
        return !wish.authors().isEmpty()
                || !wish.features().isEmpty()
                || wish.pinned()
                || wish.from().isPresent()
                || wish.before().isPresent()
                || wish.words().isEmpty();
    }

    private static @Nullable FieldDoc after(Wish wish) {
        return wish.after()
                .map(
                        place ->
                                new FieldDoc(
                                        Integer.MAX_VALUE,
                                        Float.NaN,
                                        new Object[] {place.millis(), place.tie()}))
                .orElse(null);
    }

    private Query query(Wish wish, List<Clause> clauses) throws IOException {
        var query = new BooleanQuery.Builder();
        for (Clause clause : clauses) {
            query.add(query(clause), Occur.FILTER);
        }
        query.add(among(Fields.ROOM, wish.rooms().stream().map(RoomId::value)), Occur.FILTER);
        if (!wish.authors().isEmpty()) {
            query.add(
                    among(Fields.AUTHOR, wish.authors().stream().map(UserId::value)), Occur.FILTER);
        }
        for (Feature feature : wish.features()) {
            query.add(new TermQuery(new Term(Fields.FEATURE, feature.text())), Occur.FILTER);
        }
        if (wish.pinned()) {
            query.add(new TermQuery(new Term(Fields.FEATURE, Fields.PINNED)), Occur.FILTER);
        }
        long from = wish.from().orElse(Long.MIN_VALUE);
        long through =
                Math.min(
                        wish.before().isPresent() ? wish.before().getAsLong() - 1 : Long.MAX_VALUE,
                        wish.after().map(SearchPlace::millis).orElse(Long.MAX_VALUE));
        if (from > Long.MIN_VALUE || through < Long.MAX_VALUE) {
            query.add(
                    new IndexSortSortedNumericDocValuesRangeQuery(
                            Fields.TIME,
                            from,
                            through,
                            NumericDocValuesField.newSlowRangeQuery(Fields.TIME, from, through)),
                    Occur.FILTER);
        }
        return query.build();
    }

    private static Query among(String field, Stream<String> values) {
        return KeywordField.newSetQuery(field, values.map(BytesRef::new).toList());
    }

    private Query query(Clause clause) throws IOException {
        if (clause.places().size() == 1) {
            return switch (clause.places().getFirst()) {
                case Clause.Place.AnyOf(var terms) -> any(terms);
                case Clause.Place.Beginning(var prefix) ->
                        new PrefixQuery(new Term(Fields.TEXT, prefix));
            };
        }
        var phrase = new MultiPhraseQuery.Builder();
        for (Clause.Place place : clause.places()) {
            Collection<String> terms =
                    switch (place) {
                        case Clause.Place.AnyOf(var all) -> all;
                        case Clause.Place.Beginning(var prefix) -> vocabulary.beginning(prefix);
                    };
            if (terms.isEmpty()) {
                return MatchNoDocsQuery.INSTANCE;
            }
            phrase.add(
                    terms.stream().map(term -> new Term(Fields.TEXT, term)).toArray(Term[]::new));
        }
        return phrase.build();
    }

    private static Query any(Set<String> terms) {
        return terms.size() == 1
                ? new TermQuery(new Term(Fields.TEXT, terms.iterator().next()))
                : new TermInSetQuery(Fields.TEXT, terms.stream().map(BytesRef::new).toList());
    }
}
