package chat.chatto.bench.report;

import chat.chatto.bench.load.FanOutResult;
import chat.chatto.bench.load.LoadResult;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything one run measured. Lists of what did not run are empty.
 *
 * @param format the version of this JSON
 * @param seed what all randomness came from; the same seed makes the same load
 */
public record Report(
        int format,
        String time,
        long seed,
        Machine machine,
        List<LoadResult> posting,
        List<LoadResult> raw,
        List<LoadResult> pages,
        List<HistoryPoint> history,
        List<FanOutResult> fanOut,
        @Nullable Growth growth,
        @Nullable EntityStart entityStart) {

    /** The version that this program writes. */
    public static final int FORMAT = 1;

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    public Report {
        posting = List.copyOf(posting);
        raw = List.copyOf(raw);
        pages = List.copyOf(pages);
        history = List.copyOf(history);
        fanOut = List.copyOf(fanOut);
    }

    /** A report of a run on this machine, still without results. */
    public static Report begin(Instant time, long seed, Machine machine) {
        return new Report(
                FORMAT,
                time.toString(),
                seed,
                machine,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    public Report plusPosting(LoadResult result) {
        return new Report(
                format,
                time,
                seed,
                machine,
                plus(posting, result),
                raw,
                pages,
                history,
                fanOut,
                growth,
                entityStart);
    }

    public Report plusRaw(LoadResult result) {
        return new Report(
                format,
                time,
                seed,
                machine,
                posting,
                plus(raw, result),
                pages,
                history,
                fanOut,
                growth,
                entityStart);
    }

    public Report plusPage(LoadResult result) {
        return new Report(
                format,
                time,
                seed,
                machine,
                posting,
                raw,
                plus(pages, result),
                history,
                fanOut,
                growth,
                entityStart);
    }

    public Report plusHistory(HistoryPoint result) {
        return new Report(
                format,
                time,
                seed,
                machine,
                posting,
                raw,
                pages,
                plus(history, result),
                fanOut,
                growth,
                entityStart);
    }

    public Report plusFanOut(FanOutResult result) {
        return new Report(
                format,
                time,
                seed,
                machine,
                posting,
                raw,
                pages,
                history,
                plus(fanOut, result),
                growth,
                entityStart);
    }

    public Report withGrowth(Growth result) {
        return new Report(
                format,
                time,
                seed,
                machine,
                posting,
                raw,
                pages,
                history,
                fanOut,
                result,
                entityStart);
    }

    public Report withEntityStart(EntityStart result) {
        return new Report(
                format, time, seed, machine, posting, raw, pages, history, fanOut, growth, result);
    }

    public String toJson() {
        return GSON.toJson(this) + "\n";
    }

    /** Reads what {@link #toJson} wrote. */
    public static Report fromJson(String json) {
        return GSON.fromJson(json, Report.class);
    }

    /** Writes the JSON to a file, whose directories are made. */
    public void write(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, toJson());
    }

    private static <T> List<T> plus(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
