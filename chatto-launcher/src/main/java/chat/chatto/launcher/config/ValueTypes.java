package chat.chatto.launcher.config;

import chat.chatto.core.search.Language;

import org.tomlj.TomlArray;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types that keys are made of. */
final class ValueTypes {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:ms|s|m|h|d))+");
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,12})\\s*(?:([KMGT])i?)?B?", Pattern.CASE_INSENSITIVE);

    private static final String NO_LANGUAGE = "none";

    private ValueTypes() {}

    static ValueType<String> text() {
        return ValueType.quoted("text", Optional::of, Function.identity());
    }

    static ValueType<Secret> secret() {
        Function<String, Optional<Secret>> parse =
                text -> Optional.of(text).filter(value -> !value.isEmpty()).map(Secret::new);
        ValueType<Secret> type = ValueType.quoted("text", parse, Secret::value);
        return new ValueType<>(
                type.expectation(), type.fromToml(), type.fromText(), type.toToml(), true);
    }

    static ValueType<String> oneOf(String... choices) {
        List<String> accepted = List.of(choices);
        Function<String, Optional<String>> parse =
                text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(accepted::contains);
        // A choice named "true" may be written without quotes.
        return new ValueType<>(
                "one of " + String.join(", ", accepted),
                value ->
                        value instanceof String || value instanceof Boolean
                                ? parse.apply(value.toString())
                                : Optional.empty(),
                parse,
                ValueType::quote,
                false);
    }

    static ValueType<Path> path() {
        return ValueType.quoted("a path", ValueTypes::parsePath, Path::toString);
    }

    /** An absolute http or https address. */
    static ValueType<URI> webAddress() {
        return ValueType.quoted(
                "an address such as \"https://chat.example.org\"",
                ValueTypes::parseWebAddress,
                URI::toString);
    }

    /** A time such as {@code 90d}, {@code 1h30m} or {@code 500ms}. */
    static ValueType<Duration> duration() {
        return ValueType.quoted(
                "a time such as \"30s\", \"15m\" or \"7d\"",
                ValueTypes::parseDuration,
                ValueTypes::formatDuration);
    }

    /** The same, with an upper bound. */
    static ValueType<Duration> durationUpTo(Duration maximum) {
        return ValueType.quoted(
                "a time such as \"5s\", at most " + formatDuration(maximum),
                text -> parseDuration(text).filter(time -> time.compareTo(maximum) <= 0),
                ValueTypes::formatDuration);
    }

    static ValueType<Boolean> flag() {
        return ValueType.bare("true or false", Boolean.class, ValueTypes::parseFlag);
    }

    static ValueType<Long> number(long minimum, long maximum) {
        return ValueType.bare(
                        "a whole number from " + minimum + " to " + maximum,
                        Long.class,
                        ValueTypes::parseNumber)
                .where(number -> minimum <= number && number <= maximum);
    }

    static ValueType<Long> port() {
        return number(1, 65_535);
    }

    /** A port, or 0 for one that is chosen or for none at all. */
    static ValueType<Long> portOrZero() {
        return number(0, 65_535);
    }

    /** A number of copies; odd, because JetStream needs a majority. */
    static ValueType<Long> replicas() {
        return ValueType.bare("an odd number: 1, 3 or 5", Long.class, ValueTypes::parseNumber)
                .where(List.of(1L, 3L, 5L)::contains);
    }

    /** A number of bytes, also written {@code "25 MB"}; units are powers of 1024. */
    static ValueType<Long> size() {
        ValueType<Long> written =
                ValueType.quoted(
                        "a size such as \"25 MB\" or a number of bytes",
                        ValueTypes::parseSize,
                        String::valueOf);
        return new ValueType<>(
                written.expectation(),
                value ->
                        value instanceof Long bytes
                                ? Optional.of(bytes).filter(n -> n >= 0)
                                : written.fromToml().apply(value),
                written.fromText(),
                String::valueOf,
                false);
    }

    /** Several texts: an array in chatto.toml, or separated by commas. */
    static ValueType<List<String>> list() {
        Function<String, Optional<List<String>>> split =
                text ->
                        Optional.of(
                                Arrays.stream(text.split(",", -1))
                                        .map(String::strip)
                                        .filter(part -> !part.isEmpty())
                                        .toList());
        return new ValueType<>(
                "a list of texts",
                value -> value instanceof String text ? split.apply(text) : textsOf(value),
                split,
                values ->
                        values.stream()
                                .map(ValueType::quote)
                                .collect(Collectors.joining(", ", "[", "]")),
                false);
    }

    /** Codes of languages that search knows, or {@code none}. */
    static ValueType<List<String>> languages() {
        List<String> known = Language.codes();
        ValueType<List<String>> codes =
                list().where(
                                given ->
                                        given.equals(List.of(NO_LANGUAGE))
                                                || (!given.isEmpty() && known.containsAll(given)));
        return new ValueType<>(
                "languages out of " + String.join(" ", known) + ", or " + NO_LANGUAGE,
                codes.fromToml(),
                codes.fromText(),
                codes.toToml(),
                codes.confidential());
    }

    private static Optional<List<String>> textsOf(Object value) {
        return value instanceof TomlArray array
                        && array.toList().stream().allMatch(String.class::isInstance)
                ? Optional.of(array.toList().stream().map(String.class::cast).toList())
                : Optional.empty();
    }

    private static Optional<Boolean> parseFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> Optional.of(true);
            case "false", "0", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> parseNumber(String text) {
        return text.matches("-?\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static Optional<Long> parseSize(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        int power =
                size.group(2) == null
                        ? 0
                        : 1 + "KMGT".indexOf(size.group(2).toUpperCase(Locale.ROOT));
        return Optional.of(Long.parseLong(size.group(1)) << (10 * power))
                .filter(bytes -> bytes >= 0);
    }

    private static Optional<Duration> parseDuration(String text) {
        String compact = text.replace(" ", "");
        if (!DURATION.matcher(compact).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                DURATION_PART
                        .matcher(compact)
                        .results()
                        .map(
                                part ->
                                        unit(part.group(2))
                                                .multipliedBy(Long.parseLong(part.group(1))))
                        .reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** In the largest unit that is exact. */
    private static String formatDuration(Duration duration) {
        for (String name : List.of("d", "h", "m", "s")) {
            if (duration.toMillis() % unit(name).toMillis() == 0) {
                return duration.dividedBy(unit(name)) + name;
            }
        }
        return duration.toMillis() + "ms";
    }

    private static Optional<Path> parsePath(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> parseWebAddress(String text) {
        try {
            URI address = new URI(text.strip());
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            return web && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
