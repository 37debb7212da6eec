package chat.chatto.bench.load;

import java.util.SplittableRandom;

/** Makes message bodies of words, of one length, that need no JSON escapes. Not thread-safe. */
public final class MessageText {

    private static final String[] WORDS = {
        "the",
        "server",
        "keeps",
        "no",
        "state",
        "of",
        "its",
        "own",
        "and",
        "a",
        "room",
        "reads",
        "from",
        "one",
        "short",
        "log",
        "while",
        "people",
        "talk",
        "about",
        "lunch",
        "deployments",
        "weather",
        "rockets",
        "tea",
        "tests",
        "that",
        "pass",
        "again",
        "tomorrow",
        "maybe",
        "later"
    };

    private final int length;
    private final SplittableRandom random;

    public MessageText(int length, SplittableRandom random) {
        this.length = length;
        this.random = random;
    }

    /** The next body: ASCII, exactly as long as asked for. */
    public String next() {
        StringBuilder body = new StringBuilder(length + 16);
        while (body.length() < length) {
            body.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        body.setLength(length);
        body.setCharAt(length - 1, '.');
        return body.toString();
    }
}
