package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.room.RoomId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class PageFileTest {

    private static final long SMALLEST = 1 << 20;

    @TempDir private static Path directory;

    private final PageFile file = new PageFile(new PageFileConfig(directory, SMALLEST));

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void findsAPageAsItWasKept() {
        KnownPage page = full(3, 300);

        keep(page);

        KnownPage found = file.find(page.page().key()).orElseThrow();
        assertThat(found).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(page);
        assertThat(found.dirty()).isFalse();
    }

    @Test
    void keepsNoPageThatIsStillGrowing() {
        assertThat(file.reserve(page(0, PageKey.SIZE - 1, 100))).isEmpty();
    }

    @Test
    void keepsNoPageThatIsNewerThanItsDocument() {
        KnownPage page = full(0, 100);

        assertThat(file.reserve(new KnownPage(page.page(), 1, 5, Map.of()))).isEmpty();
    }

    @Test
    void forgetsAPageThatHasChanged() {
        KnownPage page = full(0, 100);
        keep(page);

        file.drop(page.page().key());

        assertThat(file.find(page.page().key())).isEmpty();
    }

    @Test
    void doesNotFindAPageThatChangedWhileItWasWritten() {
        KnownPage page = full(0, 100);
        PageFile.Place place = file.reserve(page).orElseThrow();

        file.drop(page.page().key());
        file.write(place, page);

        assertThat(file.find(page.page().key())).isEmpty();
    }

    @Test
    void forgetsAllPagesOfARoom() {
        KnownPage page = full(0, 100);
        keep(page);

        file.drop(new RoomId("Rother"));
        assertThat(file.find(page.page().key())).isPresent();
        file.drop(Samples.ROOM);
        assertThat(file.find(page.page().key())).isEmpty();
    }

    @Test
    void theOldestPagesGiveWayToNewOnesOfAnySize() {
        List<KnownPage> kept = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            KnownPage page = full(number, 100 + 997 * number % 5_000);
            keep(page);
            kept.add(page);
            assertThat(file.find(page.page().key())).isPresent();
        }

        long found = 0;
        for (KnownPage page : kept) {
            found +=
                    file.find(page.page().key()).stream()
                            .peek(now -> assertThat(sizes(now)).isEqualTo(sizes(page)))
                            .count();
        }
        assertThat(found).isBetween(2L, 40L);
    }

    @Test
    void leavesNoFileBehindEvenWhenTheProcessIsKilled() {
        keep(full(0, 100));

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void doesWithoutAFileWhereItCannotWrite() {
        try (PageFile none =
                new PageFile(new PageFileConfig(directory.resolve("absent"), SMALLEST))) {
            assertThat(none.reserve(full(0, 100))).isEmpty();
            assertThat(none.find(full(0, 100).page().key())).isEmpty();
        }
    }

    private void keep(KnownPage page) {
        file.write(file.reserve(page).orElseThrow(), page);
    }

    private static List<Integer> sizes(KnownPage page) {
        return page.page().entries().stream().map(entry -> entry.sealedBody().length).toList();
    }

    private static KnownPage full(long number, int bodyBytes) {
        return page(number, PageKey.SIZE, bodyBytes);
    }

    private static KnownPage page(long number, int messages, int bodyBytes) {
        PageKey key = new PageKey(Samples.MAIN, number);
        List<Entry> entries = new ArrayList<>();
        for (int slot = 0; slot < messages; slot++) {
            long ordinal = key.firstOrdinal() + slot;
            entries.add(
                    Entry.of(
                            new Event.Post(
                                    Samples.main(ordinal),
                                    Samples.ANN,
                                    1_000 + ordinal,
                                    "M" + ordinal,
                                    new byte[bodyBytes],
                                    OptionalLong.of(7),
                                    "key-" + ordinal,
                                    Mentions.NONE,
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of()),
                            10 + ordinal));
        }
        Page page = new Page(key, 80, ChainHash.after(new byte[] {1}), entries);
        return new KnownPage(page, 9, 80, Map.of(key.firstOrdinal(), 10L));
    }
}
