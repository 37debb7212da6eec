package chat.chatto.acceptance.chaos;

import com.google.errorprone.annotations.FormatMethod;

import java.util.List;
import java.util.Locale;

/** Draws a run: acknowledged posts a second over time, and when what was broken. */
final class ChaosPicture {

    private static final int WIDTH = 1_100;
    private static final int LEFT = 56;
    private static final int RIGHT = 150;
    private static final int TOP = 84;
    private static final int HEIGHT = 220;
    private static final int LANE = 18;
    private static final int BOTTOM = 46;
    private static final int TICKS = 10;
    private static final int[] STEPS_SECONDS = {5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600};
    private static final int COLOURS = 5;

    private static final String STYLE =
            """
            <style>
              .sheet { fill: #ffffff; } .ink { fill: #1d2430; } .soft { fill: #5b6675; }
              .grid { stroke: #e3e7ec; } .posts { fill: #2563c9; fill-opacity: .25; stroke: #2563c9; stroke-width: 1.2; }
              .f0 { fill: #c2410c; } .f1 { fill: #0f8a5f; } .f2 { fill: #7c3aed; } .f3 { fill: #b45309; } .f4 { fill: #be185d; }
              .band { fill-opacity: .13; }
              text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-size: 12px; }
              .title { font-size: 17px; font-weight: 600; } .note { font-size: 11px; }
              @media (prefers-color-scheme: dark) {
                .sheet { fill: #0f141b; } .ink { fill: #e8edf4; } .soft { fill: #9aa7b8; }
                .grid { stroke: #252d38; } .posts { fill: #6ea8ff; stroke: #6ea8ff; }
                .f0 { fill: #ff9a5c; } .f1 { fill: #4fd6a2; } .f2 { fill: #b794ff; } .f3 { fill: #fbbf24; } .f4 { fill: #f472b6; }
              }
            </style>
            """;

    private final ChaosResult result;
    private final List<Fault> faults;
    private final long seconds;
    private final StringBuilder svg = new StringBuilder();

    private ChaosPicture(ChaosResult result) {
        this.result = result;
        this.faults = List.copyOf(result.availability().keySet());
        this.seconds = Math.max(1, lastAcknowledgement(result) / 1_000);
    }

    private static long lastAcknowledgement(ChaosResult result) {
        return result.attempts().stream().mapToLong(Attempt::end).max().orElse(0);
    }

    /** An SVG document. */
    static String draw(ChaosResult result) {
        return new ChaosPicture(result).draw();
    }

    private String draw() {
        int height = TOP + HEIGHT + 12 + faults.size() * LANE + BOTTOM;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"Acknowledged posts a second while things break\">",
                WIDTH, height);
        svg.append(STYLE);
        add("<rect class=\"sheet\" width=\"%d\" height=\"%d\" rx=\"8\"/>", WIDTH, height);
        text("ink title", 24, 34, "start", "Acknowledged posts a second while things break");
        text(
                "soft",
                24,
                56,
                "start",
                "%d faults, %,d posts acknowledged, %d lost, %d doubled, %d reordered"
                        .formatted(
                                result.windows().size(),
                                result.acknowledgedPosts(),
                                result.count(Checker.Breach.LOST),
                                result.count(Checker.Breach.DOUBLED),
                                result.count(Checker.Breach.REORDERED)));
        posts();
        result.windows().forEach(this::window);
        for (int lane = 0; lane < faults.size(); lane++) {
            text(
                    "soft note",
                    WIDTH - RIGHT + 10,
                    laneTop(lane) + 12,
                    "start",
                    faults.get(lane).label());
        }
        times(height - BOTTOM + 14);
        text(
                "soft note",
                24,
                height - 12,
                "start",
                "Three nats-servers, two Chatto servers, HAProxy and all clients on 2 cores; seed "
                        + result.seed());
        return svg.append("</svg>\n").toString();
    }

    private void posts() {
        long[] counts = new long[(int) seconds + 1];
        for (Attempt attempt : result.attempts()) {
            if (attempt.kind() == Attempt.Kind.POST && attempt.succeeded()) {
                counts[(int) (attempt.end() / 1_000)]++;
            }
        }
        long most = 1;
        for (long count : counts) {
            most = Math.max(most, count);
        }
        long step = Math.max(10, (most / 4 + 9) / 10 * 10);
        double scale = HEIGHT / (double) most;
        for (long value = 0; value <= most; value += step) {
            double y = TOP + HEIGHT - value * scale;
            add(
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
                    LEFT, y, WIDTH - RIGHT, y);
            text("soft", LEFT - 8, y + 4, "end", Long.toString(value));
        }
        StringBuilder path = new StringBuilder();
        for (int second = 0; second < counts.length; second++) {
            path.append(
                    String.format(
                            Locale.ROOT,
                            "L%.1f %.1f",
                            x(second * 1_000L),
                            TOP + HEIGHT - counts[second] * scale));
        }
        add(
                "<path class=\"posts\" d=\"M%d %d%sL%.1f %dZ\"/>",
                LEFT, TOP + HEIGHT, path, x(seconds * 1_000), TOP + HEIGHT);
    }

    private void window(Window window) {
        int lane = faults.indexOf(window.fault());
        double begin = x(window.begin());
        double width = Math.max(1.5, x(window.healed()) - begin);
        add(
                "<rect class=\"band f%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                lane % COLOURS, begin, TOP, width, laneTop(lane) - TOP);
        add(
                "<rect class=\"f%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\""
                        + " rx=\"2\"><title>%s</title></rect>",
                lane % COLOURS,
                begin,
                laneTop(lane),
                width,
                LANE - 4,
                window.what().replace("&", "&amp;").replace("<", "&lt;"));
    }

    private static int laneTop(int lane) {
        return TOP + HEIGHT + 12 + lane * LANE;
    }

    private void times(double y) {
        int step = STEPS_SECONDS[STEPS_SECONDS.length - 1];
        for (int candidate : STEPS_SECONDS) {
            if (seconds / candidate <= TICKS) {
                step = candidate;
                break;
            }
        }
        for (long second = 0; second <= seconds; second += step) {
            text(
                    "soft",
                    x(second * 1_000),
                    y,
                    "middle",
                    "%d:%02d".formatted(second / 60, second % 60));
        }
    }

    private double x(long millis) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (millis / (seconds * 1e3));
    }

    private void text(String style, double x, double y, String anchor, String content) {
        add(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                style, x, y, anchor, content);
    }

    @FormatMethod
    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
