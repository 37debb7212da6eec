package chat.chatto.core.search;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Names;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a query: words, {@code word*}, {@code "a phrase"}, and operators such as {@code from:ann} or {@code in:"my room"}, parted by white
 * space. What only looks like an operator is words. For one use.
 */
final class QueryParser {

    private static final String FIELD = "q";
    private static final String QUOTES = "\"“”„";
    private static final char NAME_END = ':';
    private static final char REST = '*';

    private final String text;
    private int at;

    QueryParser(String text) {
        this.text = text;
    }

    private enum Operator {
        FROM,
        IN,
        BEFORE,
        AFTER,
        HAS,
        IS;

        static Optional<Operator> of(String name) {
            for (Operator operator : values()) {
                if (operator.text().equalsIgnoreCase(name)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    List<Condition> parse() {
        if (text.length() > SearchQuery.CHARACTERS) {
            throw invalid("must not be longer than " + SearchQuery.CHARACTERS + " characters");
        }
        List<Condition> conditions = new ArrayList<>();
        while (skipSpace()) {
            if (conditions.size() == SearchQuery.PARTS) {
                throw invalid("must not have more than " + SearchQuery.PARTS + " parts");
            }
            next().ifPresent(conditions::add);
        }
        if (conditions.isEmpty()) {
            throw invalid("must say what to look for");
        }
        return conditions;
    }

    private boolean skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    /** @return empty for what says nothing */
    private Optional<Condition> next() {
        if (quoteAt()) {
            return Optional.of(quoted())
                    .filter(words -> !words.isBlank())
                    .map(Condition.Phrase::new);
        }
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && !quoteAt()) {
            if (text.charAt(at) == NAME_END) {
                Optional<Operator> operator = Operator.of(text.substring(start, at));
                if (operator.isPresent()) {
                    at++;
                    return Optional.of(condition(operator.get(), value()));
                }
            }
            at++;
        }
        return words(checked(text.substring(start, at)));
    }

    private static Optional<Condition> words(String word) {
        if (word.indexOf(REST) == 0) {
            return Optional.empty();
        }
        return Optional.of(
                word.charAt(word.length() - 1) == REST
                        ? new Condition.Beginning(word.substring(0, word.length() - 1))
                        : new Condition.Word(word));
    }

    private String value() {
        if (at < text.length() && quoteAt()) {
            return quoted();
        }
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return checked(text.substring(start, at));
    }

    private boolean quoteAt() {
        return QUOTES.indexOf(text.charAt(at)) >= 0;
    }

    /** Up to the next quotation mark, or to the end where it is missing. */
    private String quoted() {
        int start = ++at;
        while (at < text.length() && !quoteAt()) {
            at++;
        }
        String inside = text.substring(start, at);
        at++;
        return checked(inside);
    }

    private static String checked(String part) {
        try {
            Names.checkBytes(FIELD, part, SearchQuery.PART_BYTES);
        } catch (ChattoException e) {
            throw invalid("must not have a part of more than " + SearchQuery.PART_BYTES + " bytes");
        }
        return part;
    }

    private static Condition condition(Operator operator, String value) {
        return switch (operator) {
            case FROM -> new Condition.From(login(operator, value));
            case IN -> new Condition.In(some(operator, value, "a room, such as in:general"));
            case BEFORE -> new Condition.Before(day(operator, value));
            case AFTER -> new Condition.After(day(operator, value));
            case HAS ->
                    new Condition.Has(
                            Feature.of(value)
                                    .orElseThrow(
                                            () ->
                                                    needs(
                                                            operator,
                                                            "one of "
                                                                    + String.join(
                                                                            ", ",
                                                                            Feature.texts()))));
            case IS -> {
                if (!value.equalsIgnoreCase("pinned")) {
                    throw needs(operator, "pinned");
                }
                yield new Condition.Pinned();
            }
        };
    }

    private static String login(Operator operator, String value) {
        String login = value.startsWith("@") ? value.substring(1) : value;
        return some(operator, login, "a login, such as from:ann, or from:me");
    }

    private static String some(Operator operator, String value, String what) {
        if (value.isBlank()) {
            throw needs(operator, what);
        }
        return value;
    }

    private static LocalDate day(Operator operator, String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw needs(operator, "a date, such as " + operator.text() + ":2026-01-31");
        }
    }

    private static ChattoException needs(Operator operator, String what) {
        return invalid("needs behind " + operator.text() + ": " + what);
    }

    private static ChattoException invalid(String message) {
        return ChattoException.invalid(FIELD, message);
    }
}
