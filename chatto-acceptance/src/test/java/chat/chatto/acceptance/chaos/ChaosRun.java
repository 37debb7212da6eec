package chat.chatto.acceptance.chaos;

import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.server.ChattoServer;

import org.awaitility.core.ConditionTimeoutException;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** People write and listen while things break; then everything is compared. For one thread. */
final class ChaosRun {

    private static final List<String> EMOJI =
            List.of("👍", "🎉", "🚀", "👀", "🔥", "🙏", "😀", "😎", "🐢", "🌍", "🍀", "⚡");

    private static final int ROOMS = 4;
    private static final int LISTENERS = 3;
    private static final Duration PACE = Duration.ofMillis(170);
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration CONVERGENCE = Duration.ofSeconds(30);

    private final ChaosPlan plan;
    private final PrintStream out;
    private final RunClock clock = new RunClock();
    private final History history = new History(clock);
    private final List<String> differences = new ArrayList<>();

    private ChaosRun(ChaosPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * Does it all.
     *
     * @param directory an existing one for all files
     * @param out told what happens as it happens
     */
    static ChaosResult run(ChaosPlan plan, Path directory, PrintStream out) {
        return new ChaosRun(plan, out).run(directory);
    }

    private ChaosResult run(Path directory) {
        out.printf("seed %d, files in %s%n", plan.seed(), directory);
        try (Stage stage = new Stage(directory)) {
            stage.start();
            List<Person> people = people(stage);
            List<String> rooms = rooms(people);
            Person guest = people.getFirst();
            List<Listener> listeners =
                    people.stream()
                            .limit(LISTENERS)
                            .map(person -> Listener.start(person, rooms, history, clock))
                            .toList();
            Nemesis nemesis = new Nemesis(stage, history, clock, out);
            List<Writer> writers = writers(people, rooms);
            try (Reader _ = Reader.start(guest, rooms, history)) {
                calm();
                strikeAll(nemesis);
                calm();
                writers.forEach(Writer::finish);
            }
            Map<String, List<Line>> stored = compare(stage, guest, rooms, listeners);
            return new ChaosResult(
                    plan.seed(),
                    clock.millis(),
                    nemesis.windows(),
                    history.attempts(),
                    history.deeds(),
                    Checker.check(history.deeds(), stored),
                    differences,
                    history.surprises());
        }
    }

    private void strikeAll(Nemesis nemesis) {
        Random random = new Random(plan.seed());
        long end = clock.millis() + plan.time().toMillis();
        for (int round = 0; round < plan.rounds(); round++) {
            List<Fault> faults = new ArrayList<>(plan.faults());
            Collections.shuffle(faults, random);
            for (Fault fault : faults) {
                if (clock.millis() >= end) {
                    return;
                }
                nemesis.strike(fault);
            }
        }
    }

    private static List<Person> people(Stage stage) {
        return IntStream.range(0, EMOJI.size())
                .mapToObj(index -> Person.register(stage.address(), "person" + index))
                .toList();
    }

    private static List<String> rooms(List<Person> people) {
        List<String> rooms =
                IntStream.range(0, ROOMS)
                        .mapToObj(index -> people.getFirst().createRoom("room " + index))
                        .toList();
        people.stream().skip(1).forEach(person -> rooms.forEach(person::join));
        return rooms;
    }

    private List<Writer> writers(List<Person> people, List<String> rooms) {
        return IntStream.range(0, people.size())
                .mapToObj(
                        index ->
                                Writer.start(
                                        people.get(index),
                                        rooms,
                                        EMOJI.get(index),
                                        PACE,
                                        new Random(plan.seed() + index),
                                        history))
                .toList();
    }

    /** Writing goes on, nothing breaks. */
    private static void calm() {
        try {
            Thread.sleep(CALM);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while all is well", e);
        }
    }

    /** Reads everything through every server, from its memory and after a restart, and looks at what listeners show. */
    private Map<String, List<Line>> compare(
            Stage stage, Person reader, List<String> rooms, List<Listener> listeners) {
        stage.awaitWell();
        Map<String, List<Line>> stored = read(stage.chattos().getFirst(), reader, rooms);
        for (ChattoServer server : stage.chattos()) {
            converge(stage.nameOf(server), () -> read(server, reader, rooms), stored);
        }
        for (Listener listener : listeners) {
            converge(listener.login(), () -> shown(listener, rooms), stored);
            out.printf("%s listened through %s%n", listener.login(), listener.interruptions());
            listener.close();
        }
        stage.restartChattos();
        for (ChattoServer server : stage.chattos()) {
            converge(
                    stage.nameOf(server) + ", started anew,",
                    () -> read(server, reader, rooms),
                    stored);
        }
        return stored;
    }

    private interface View {
        Map<String, List<Line>> now();
    }

    private void converge(String whose, View view, Map<String, List<Line>> stored) {
        List<String> last = new ArrayList<>();
        try {
            await().atMost(CONVERGENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(
                            () -> {
                                last.clear();
                                last.addAll(Checker.differences(whose, view.now(), stored));
                                return last.isEmpty();
                            });
        } catch (ConditionTimeoutException _) {
            differences.addAll(last);
        }
    }

    private static Map<String, List<Line>> read(
            ChattoServer server, Person reader, List<String> rooms) {
        Map<String, List<Line>> timelines = new LinkedHashMap<>();
        for (String room : rooms) {
            timelines.put(
                    room, reader.on(server.uri()).timeline(room).stream().map(Line::of).toList());
        }
        return timelines;
    }

    private static Map<String, List<Line>> shown(Listener listener, List<String> rooms) {
        Map<String, List<Line>> timelines = new LinkedHashMap<>();
        rooms.forEach(room -> timelines.put(room, listener.shown(room)));
        return timelines;
    }
}
