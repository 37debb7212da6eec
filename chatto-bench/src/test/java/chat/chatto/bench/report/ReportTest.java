package chat.chatto.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.bench.load.FanOutResult;
import chat.chatto.bench.load.Latency;
import chat.chatto.bench.load.LoadResult;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

class ReportTest {

    private static final Machine MACHINE =
            new Machine(
                    "A <fast> processor", 2, 24, "Linux 6 amd64", "Vendor 25", "2.15.1", 0.1, 0.4);
    private static final LoadResult LOAD =
            new LoadResult(
                    "64 posters into 1 room",
                    5_678.9,
                    new Latency(1000, 9.5, 12, 20.25, 33, 40),
                    Map.of("201", 1000L, "503", 2L),
                    0.3);
    private static final List<HistoryPoint> HISTORY =
            List.of(
                    new HistoryPoint(1_000, 5, 900, 180, 150, 40, 0.8, 0.9, 2.1),
                    new HistoryPoint(1_000_000, 5, 950, 190, 155, 60, 0.8, 1.1, 3.4));

    private final Report report =
            Report.begin(Instant.parse("2026-11-23T12:00:00Z"), 42, MACHINE)
                    .plusPosting(LOAD)
                    .plusHistory(HISTORY.getFirst())
                    .plusHistory(HISTORY.getLast())
                    .plusFanOut(new FanOutResult(LOAD, 1_000, 100 << 20, 110 << 20, 115 << 20))
                    .withGrowth(new Growth(500_000, 200, 230, 60, 62));

    @Test
    void comesBackFromItsJson() {
        assertThat(Report.fromJson(report.toJson())).isEqualTo(report);
    }

    @Test
    void tabulatesWhatWasMeasuredAndNamesFailures() {
        String tables = ReportTables.of(report);

        assertThat(tables)
                .contains("A <fast> processor, 2 cores, 24 GiB")
                .contains("Seed 42")
                .contains("5,679")
                .contains("503: 2")
                .contains("| 1,000,000")
                .contains("200 → 230 MiB (+30)")
                .doesNotContain("Raw JetStream");
    }

    @Test
    void drawsWellFormedChartsWithEveryPoint() throws Exception {
        String svg = Charts.startUp(HISTORY, MACHINE).toSvg();

        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(6);
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(3);
        assertThat(svg)
                .contains("prefers-color-scheme: dark")
                .contains(">1M<")
                .contains("messages of history");
    }

    @Test
    void writesNumbersShort() {
        assertThat(SvgWriter.number(1_000_000)).isEqualTo("1M");
        assertThat(SvgWriter.number(250_000)).isEqualTo("250k");
        assertThat(SvgWriter.number(1_000)).isEqualTo("1000");
        assertThat(SvgWriter.number(0.25)).isEqualTo("0.25");
        assertThat(SvgWriter.number(0)).isEqualTo("0");
        assertThat(SvgWriter.number(200)).isEqualTo("200");
    }
}
