package chat.chatto.http.realtime;

import chat.chatto.core.account.Accounts;
import chat.chatto.core.emoji.CustomEmoji;
import chat.chatto.core.personal.Drafts;
import chat.chatto.core.personal.SavedMessages;
import chat.chatto.http.wire.EventJson;

import jakarta.inject.Inject;

import java.util.List;
import java.util.function.Consumer;

/** Hears what people change about themselves, and of what is theirs, and tells it to whom it concerns. */
public final class PersonalFeed {

    private final Accounts accounts;
    private final Drafts drafts;
    private final SavedMessages saved;
    private final CustomEmoji emoji;
    private final EventJson events;

    @Inject
    public PersonalFeed(
            Accounts accounts,
            Drafts drafts,
            SavedMessages saved,
            CustomEmoji emoji,
            EventJson events) {
        this.accounts = accounts;
        this.drafts = drafts;
        this.saved = saved;
        this.emoji = emoji;
        this.events = events;
    }

    /** Begins to listen. @return what ends it */
    List<Runnable> listen(Consumer<Delivery> publish) {
        return List.of(
                accounts.onChange(
                        user ->
                                publish.accept(
                                        new Delivery.ToAll(Frame.of(events.userUpdated(user))))),
                drafts.onChange(
                        change ->
                                publish.accept(
                                        new Delivery.ToUser(
                                                change.user(),
                                                Frame.of(EventJson.draftUpdated(change))))),
                saved.onChange(
                        change ->
                                publish.accept(
                                        new Delivery.ToUser(
                                                change.user(),
                                                Frame.of(EventJson.savedUpdated(change))))),
                emoji.onChange(
                        _ ->
                                publish.accept(
                                        new Delivery.ToAll(
                                                Frame.of(EventJson.bare("emoji.changed"))))));
    }
}
