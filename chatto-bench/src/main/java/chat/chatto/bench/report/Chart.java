package chat.chatto.bench.report;

import java.util.List;

/**
 * Line charts side by side over one kind of x-axis.
 *
 * @param note a line below the charts, such as the machine
 */
public record Chart(String title, String note, String xLabel, List<Panel> panels) {

    public Chart {
        panels = List.copyOf(panels);
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("a chart without panels");
        }
    }

    /** One chart: its y-axis begins at zero. */
    public record Panel(String yLabel, List<Series> series) {

        public Panel {
            series = List.copyOf(series);
            if (series.isEmpty() || series.size() > SvgWriter.COLOURS) {
                throw new IllegalArgumentException(
                        "1 to " + SvgWriter.COLOURS + " series, not " + series.size());
            }
        }
    }

    /** A line through points, which ascend in x. */
    public record Series(String name, List<Point> points) {

        public Series {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("the series " + name + " has no points");
            }
        }
    }

    /**
     * A value of a series.
     *
     * @param x positive, drawn on a logarithmic axis
     */
    public record Point(double x, double y) {}

    /** The chart as an SVG document that follows the reader's light or dark scheme. */
    public String toSvg() {
        return new SvgWriter(this).write();
    }
}
