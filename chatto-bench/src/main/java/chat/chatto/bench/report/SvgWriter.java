package chat.chatto.bench.report;

import chat.chatto.bench.report.Chart.Panel;
import chat.chatto.bench.report.Chart.Point;
import chat.chatto.bench.report.Chart.Series;

import com.google.errorprone.annotations.FormatMethod;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws one chart. Not thread-safe, used once. */
final class SvgWriter {

    /** Colours that the style below defines. */
    static final int COLOURS = 3;

    private static final int PANEL_WIDTH = 430;
    private static final int PANEL_HEIGHT = 270;
    private static final int LEFT = 58;
    private static final int RIGHT = 20;
    private static final int TOP = 92;
    private static final int BOTTOM = 74;
    private static final int LEGEND_STEP = 122;

    private static final String STYLE =
            """
            <style>
              .sheet { fill: #ffffff; } .ink { fill: #1d2430; } .soft { fill: #5b6675; }
              .grid { stroke: #e3e7ec; stroke-width: 1; } .axis { stroke: #8a94a3; stroke-width: 1; }
              .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
              .s0 { stroke: #2563c9; } .s1 { stroke: #c2410c; } .s2 { stroke: #0f8a5f; }
              .d0 { fill: #2563c9; } .d1 { fill: #c2410c; } .d2 { fill: #0f8a5f; }
              text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-size: 12px; }
              .title { font-size: 17px; font-weight: 600; } .note { font-size: 11px; }
              @media (prefers-color-scheme: dark) {
                .sheet { fill: #0f141b; } .ink { fill: #e8edf4; } .soft { fill: #9aa7b8; }
                .grid { stroke: #252d38; } .axis { stroke: #5b6675; }
                .s0 { stroke: #6ea8ff; } .s1 { stroke: #ff9a5c; } .s2 { stroke: #4fd6a2; }
                .d0 { fill: #6ea8ff; } .d1 { fill: #ff9a5c; } .d2 { fill: #4fd6a2; }
              }
            </style>
            """;

    private final Chart chart;
    private final StringBuilder svg = new StringBuilder();

    SvgWriter(Chart chart) {
        this.chart = chart;
    }

    String write() {
        int width = LEFT / 2 + chart.panels().size() * (PANEL_WIDTH + LEFT);
        int height = TOP + PANEL_HEIGHT + BOTTOM;
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"%s\">",
                width, height, escape(chart.title()));
        svg.append(STYLE);
        line("<rect class=\"sheet\" width=\"%d\" height=\"%d\" rx=\"8\"/>", width, height);
        text("ink title", 24, 34, "start", chart.title());
        for (int index = 0; index < chart.panels().size(); index++) {
            panel(chart.panels().get(index), LEFT + index * (PANEL_WIDTH + LEFT));
        }
        text("soft note", 24, height - 14, "start", chart.note());
        return svg.append("</svg>\n").toString();
    }

    private void panel(Panel panel, int left) {
        int bottom = TOP + PANEL_HEIGHT;
        LogScale x =
                LogScale.covering(
                        least(panel, Point::x),
                        greatest(panel, Point::x),
                        left,
                        left + PANEL_WIDTH - RIGHT);
        LinearScale y = LinearScale.covering(greatest(panel, Point::y), bottom, TOP);
        text("soft", left, TOP - 14, "start", panel.yLabel());
        for (double tick : y.ticks()) {
            line(
                    "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                    x.from(), y.at(tick), x.to(), y.at(tick));
            text("soft", left - 8, y.at(tick) + 4, "end", number(tick));
        }
        for (double tick : x.ticks()) {
            line(
                    "<line class=\"axis\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
                    x.at(tick), bottom, x.at(tick), bottom + 5);
            text("soft", x.at(tick), bottom + 20, "middle", number(tick));
        }
        line(
                "<line class=\"axis\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
                x.from(), bottom, x.to(), bottom);
        text("soft", (x.from() + x.to()) / 2, bottom + 40, "middle", chart.xLabel());
        for (int index = 0; index < panel.series().size(); index++) {
            series(panel.series().get(index), index, x, y);
            legend(panel.series().get(index).name(), index, left);
        }
    }

    private void series(Series series, int colour, LogScale x, LinearScale y) {
        StringBuilder points = new StringBuilder();
        for (Point point : series.points()) {
            points.append(
                    String.format(Locale.ROOT, "%.1f,%.1f ", x.at(point.x()), y.at(point.y())));
        }
        line("<polyline class=\"line s%d\" points=\"%s\"/>", colour, points.toString().strip());
        for (Point point : series.points()) {
            line(
                    "<circle class=\"d%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s:"
                            + " %s</title></circle>",
                    colour, x.at(point.x()), y.at(point.y()), number(point.x()), number(point.y()));
        }
    }

    private void legend(String name, int colour, int left) {
        int x = left + colour * LEGEND_STEP;
        line(
                "<rect class=\"d%d\" x=\"%d\" y=\"52\" width=\"10\" height=\"10\" rx=\"2\"/>",
                colour, x);
        text("ink", x + 15, 61, "start", name);
    }

    private void text(String style, double x, double y, String anchor, String words) {
        line(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                style, x, y, anchor, escape(words));
    }

    @FormatMethod
    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static double least(Panel panel, ToDoubleFunction<Point> coordinate) {
        return all(panel).stream().mapToDouble(coordinate).min().orElseThrow();
    }

    private static double greatest(Panel panel, ToDoubleFunction<Point> coordinate) {
        return all(panel).stream().mapToDouble(coordinate).max().orElseThrow();
    }

    private static List<Point> all(Panel panel) {
        return panel.series().stream().flatMap(series -> series.points().stream()).toList();
    }

    /** 1,000,000 as 1M, 10,000 as 10k, 0.25 as it is. */
    static String number(double value) {
        if (value >= 1_000_000) {
            return trimmed(value / 1_000_000) + "M";
        }
        return value >= 10_000 ? trimmed(value / 1_000) + "k" : trimmed(value);
    }

    private static String trimmed(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        return digits.replaceAll("\\.?0+$", "");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
