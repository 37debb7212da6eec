package chat.chatto.acceptance.chaos;

import chat.chatto.acceptance.chaos.Checker.Breach;

import com.google.errorprone.annotations.FormatMethod;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A result in words and as JSON. */
final class ChaosReport {

    private static final int SHOWN = 20;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final ChaosResult result;

    ChaosReport(ChaosResult result) {
        this.result = result;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "%n%-22s %5s  %-42s %s", "", "", "longest, in seconds", "in all");
        line(
                text,
                "%-22s %5s %10s %10s %10s %10s %8s %8s %8s %8s",
                "fault",
                "times",
                "gap",
                "client gap",
                "wait",
                "recovery",
                "refused",
                "failed",
                "reads",
                "stale");
        result.availability().forEach((fault, all) -> line(text, "%s", row(fault, all)));
        line(
                text,
                "%n%d posts and %d changes acknowledged in %.0f s; %s",
                result.acknowledgedPosts(),
                result.acknowledgedChanges(),
                result.millis() / 1e3,
                breaches());
        problems(text, "Wrong", result.findings());
        problems(text, "Different", result.differences());
        problems(text, "Surprising", result.surprises());
        line(text, "%s", result.passed() ? "PASSED" : "FAILED");
        return text.toString();
    }

    private String row(Fault fault, List<Availability> all) {
        return String.format(
                Locale.ROOT,
                "%-22s %5d %10.1f %10.1f %10.1f %10.1f %8d %8d %8d %8d",
                fault.label(),
                all.size(),
                most(all, Availability::longestGap) / 1e3,
                most(all, Availability::longestGapOfAClient) / 1e3,
                most(all, Availability::longestWait) / 1e3,
                recovery(fault) / 1e3,
                sum(all, Availability::refused),
                sum(all, Availability::unexplained),
                sum(all, Availability::reads),
                sum(all, Availability::staleReads));
    }

    private String breaches() {
        StringBuilder text = new StringBuilder();
        for (Breach breach : Breach.values()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(result.count(breach))
                    .append(' ')
                    .append(breach.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return text.toString();
    }

    private static void problems(StringBuilder text, String title, List<?> problems) {
        if (problems.isEmpty()) {
            return;
        }
        line(text, "%s (%d):", title, problems.size());
        problems.stream().limit(SHOWN).forEach(problem -> line(text, "  %s", problem));
    }

    @FormatMethod
    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private long recovery(Fault fault) {
        return result.windows().stream()
                .filter(window -> window.fault() == fault)
                .mapToLong(window -> window.recovered() - window.healed())
                .max()
                .orElse(0);
    }

    private static long most(List<Availability> all, ToLongFunction<Availability> figure) {
        return all.stream().mapToLong(figure).max().orElse(0);
    }

    private static long sum(List<Availability> all, ToLongFunction<Availability> figure) {
        return all.stream().mapToLong(figure).sum();
    }

    String json() {
        JsonObject json = new JsonObject();
        json.addProperty("seed", result.seed());
        json.addProperty("millis", result.millis());
        json.addProperty("passed", result.passed());
        json.addProperty("acknowledgedPosts", result.acknowledgedPosts());
        json.addProperty("acknowledgedChanges", result.acknowledgedChanges());
        for (Breach breach : Breach.values()) {
            json.addProperty(breach.name().toLowerCase(Locale.ROOT), result.count(breach));
        }
        json.addProperty("differences", result.differences().size());
        json.addProperty("surprises", result.surprises().size());
        JsonArray faults = new JsonArray();
        for (Map.Entry<Fault, List<Availability>> entry : result.availability().entrySet()) {
            faults.add(fault(entry.getKey(), entry.getValue()));
        }
        json.add("faults", faults);
        JsonArray windows = new JsonArray();
        result.windows().forEach(window -> windows.add(window(window)));
        json.add("windows", windows);
        return GSON.toJson(json) + "\n";
    }

    private static JsonObject window(Window window) {
        JsonObject json = new JsonObject();
        json.addProperty("fault", window.fault().label());
        json.addProperty("what", window.what());
        json.addProperty("beginMillis", window.begin());
        json.addProperty("healedMillis", window.healed());
        json.addProperty("recoveredMillis", window.recovered());
        return json;
    }

    private JsonObject fault(Fault fault, List<Availability> all) {
        JsonObject json = new JsonObject();
        json.addProperty("fault", fault.label());
        json.addProperty("times", all.size());
        json.addProperty("longestGapMillis", most(all, Availability::longestGap));
        json.addProperty("longestGapOfAClientMillis", most(all, Availability::longestGapOfAClient));
        json.addProperty("longestWaitMillis", most(all, Availability::longestWait));
        json.addProperty("longestRecoveryMillis", recovery(fault));
        json.addProperty("refused", sum(all, Availability::refused));
        json.addProperty("failed", sum(all, Availability::unexplained));
        json.addProperty("reads", sum(all, Availability::reads));
        json.addProperty("staleReads", sum(all, Availability::staleReads));
        json.addProperty("failedReads", sum(all, Availability::failedReads));
        return json;
    }
}
