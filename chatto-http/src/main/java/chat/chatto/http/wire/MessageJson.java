package chat.chatto.http.wire;

import chat.chatto.core.Slice;
import chat.chatto.core.access.AccessDirectory;
import chat.chatto.core.access.Role;
import chat.chatto.core.access.RoleId;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.Attachment;
import chat.chatto.core.timeline.Forwarded;
import chat.chatto.core.timeline.Mentions;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessagePage;
import chat.chatto.core.timeline.Pinned;
import chat.chatto.core.timeline.Reaction;
import chat.chatto.core.timeline.ReactionList;
import chat.chatto.core.timeline.ThreadSummary;
import chat.chatto.core.timeline.UnreachedMention;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** Messages as JSON; the most written form of all. Safe for use by many threads. */
public final class MessageJson {

    private static final Name MESSAGES = Name.of("messages");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");
    private static final Name HEAD = Name.of("head");
    private static final Name HAS_OLDER = Name.of("hasOlder");
    private static final Name HAS_NEWER = Name.of("hasNewer");
    private static final Name ANCHOR = Name.of("anchor");
    private static final Name STALE = Name.of("stale");
    private static final Name ID = Name.of("id");
    private static final Name ROOM_ID = Name.of("roomId");
    private static final Name ORDINAL = Name.of("ordinal");
    private static final Name THREAD_ROOT = Name.of("threadRoot");
    private static final Name AUTHOR = Name.of("author");
    private static final Name BODY = Name.of("body");
    private static final Name CREATED_AT = Name.of("createdAt");
    private static final Name EDITED_AT = Name.of("editedAt");
    private static final Name DELETED_AT = Name.of("deletedAt");
    private static final Name REPLY_TO = Name.of("replyTo");
    private static final Name REACTIONS = Name.of("reactions");
    private static final Name EMOJI = Name.of("emoji");
    private static final Name COUNT = Name.of("count");
    private static final Name MINE = Name.of("mine");
    private static final Name THREAD = Name.of("thread");
    private static final Name REPLIES = Name.of("replies");
    private static final Name LAST_REPLY_AT = Name.of("lastReplyAt");
    private static final Name PARTICIPANTS = Name.of("participants");
    private static final Name ATTACHMENTS = Name.of("attachments");
    private static final Name FOLLOWING = Name.of("following");
    private static final Name MENTIONS = Name.of("mentions");
    private static final Name USERS = Name.of("users");
    private static final Name ROLES = Name.of("roles");
    private static final Name DISPLAY_NAME = Name.of("displayName");
    private static final Name HERE = Name.of("here");
    private static final Name ALL = Name.of("all");
    private static final Name PINNED = Name.of("pinned");
    private static final Name AT = Name.of("at");
    private static final Name BY = Name.of("by");
    private static final Name ECHO_OF = Name.of("echoOf");
    private static final Name ECHOED_AT = Name.of("echoedAt");
    private static final Name FORWARDED = Name.of("forwarded");
    private static final Name IDEMPOTENCY_KEY = Name.of("idempotencyKey");
    private static final Name WARNINGS = Name.of("warnings");
    private static final Name CODE = Name.of("code");
    private static final Name DETAIL = Name.of("detail");
    private static final Name NAME = Name.of("name");

    private static final int BYTES_BESIDE_BODY = 400;

    private final UserJson users;
    private final AccessDirectory access;
    private final AttachmentJson files;

    @Inject
    public MessageJson(UserJson users, AccessDirectory access, AttachmentJson files) {
        this.users = users;
        this.access = access;
        this.files = files;
    }

    /**
     * A page as one reader sees it.
     *
     * @param stale whether newer messages may be missing
     */
    public JsonOutput page(MessagePage page, UserId reader, boolean stale) {
        int expected = 64;
        for (Message message : page.messages()) {
            expected += BYTES_BESIDE_BODY + message.body().length();
        }
        JsonOutput json = new JsonOutput(expected);
        json.beginObject().name(MESSAGES).beginArray();
        Optional<UserId> viewer = Optional.of(reader);
        for (Message message : page.messages()) {
            write(json, message, viewer, false);
        }
        json.endArray()
                .field(HEAD, page.head())
                .field(HAS_OLDER, page.hasOlder())
                .field(HAS_NEWER, page.hasNewer())
                .optional(ANCHOR, page.anchor());
        if (stale) {
            json.field(STALE, true);
        }
        return json.endObject();
    }

    /** A part of a list of messages as one reader sees them. */
    public JsonOutput list(Slice<Message> part, UserId reader) {
        JsonOutput json = new JsonOutput(64 + BYTES_BESIDE_BODY * part.items().size());
        json.beginObject().name(MESSAGES).beginArray();
        part.items().forEach(message -> write(json, message, Optional.of(reader), false));
        return json.endArray().optional(NEXT_CURSOR, part.nextCursor()).endObject();
    }

    /** Who reacted to a message. */
    public JsonOutput reactions(Slice<ReactionList> part) {
        JsonOutput json = new JsonOutput(BYTES_BESIDE_BODY);
        json.beginObject().name(REACTIONS).beginArray();
        for (ReactionList reaction : part.items()) {
            json.beginObject()
                    .field(EMOJI, reaction.emoji())
                    .field(COUNT, reaction.count())
                    .name(USERS)
                    .beginArray();
            reaction.users().forEach(user -> users.writeAuthor(json, user));
            json.endArray().endObject();
        }
        return json.endArray().optional(NEXT_CURSOR, part.nextCursor()).endObject();
    }

    /** One message as one reader sees it, with its idempotency key where the reader wrote it. */
    public JsonOutput message(Message message, UserId reader) {
        JsonOutput json = new JsonOutput(BYTES_BESIDE_BODY + message.body().length());
        write(json, message, Optional.of(reader), message.author().equals(reader));
        return json;
    }

    /** A message as its author sees it who has just written it: with the names in it that call nobody. */
    public JsonOutput written(Message message, UserId author, List<UnreachedMention> unreached) {
        JsonOutput json = new JsonOutput(BYTES_BESIDE_BODY + message.body().length());
        fields(json, message, Optional.of(author), true);
        if (!unreached.isEmpty()) {
            json.name(WARNINGS).beginArray();
            for (UnreachedMention mention : unreached) {
                json.beginObject()
                        .field(CODE, code(mention.reason()))
                        .field(DETAIL, mention.detail())
                        .field(NAME, mention.name())
                        .endObject();
            }
            json.endArray();
        }
        return json.endObject();
    }

    private static String code(UnreachedMention.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> "unknown-mention";
            case NOT_IN_ROOM -> "mention-not-in-room";
        };
    }

    /** A message as one reader sees it. */
    void seenBy(JsonOutput json, Message message, UserId reader) {
        write(json, message, Optional.of(reader), false);
    }

    /** A message as everybody sees it: which reactions are the reader's own it cannot say. */
    void broadcast(JsonOutput json, Message message, boolean withKey) {
        write(json, message, Optional.empty(), withKey);
    }

    /** @param viewer whether they follow the thread is said; empty for what everybody is sent */
    void thread(JsonOutput json, ThreadSummary thread, Optional<UserId> viewer) {
        json.beginObject()
                .field(REPLIES, thread.replies())
                .field(LAST_REPLY_AT, thread.lastReplyAt())
                .name(PARTICIPANTS)
                .beginArray();
        for (UserId participant : thread.participants()) {
            users.writeAuthor(json, participant);
        }
        json.endArray();
        viewer.ifPresent(user -> json.field(FOLLOWING, thread.followedBy(user)));
        json.endObject();
    }

    private void write(JsonOutput json, Message message, Optional<UserId> viewer, boolean withKey) {
        fields(json, message, viewer, withKey);
        json.endObject();
    }

    /** All of a message but the end of its object. */
    private void fields(
            JsonOutput json, Message message, Optional<UserId> viewer, boolean withKey) {
        json.beginObject()
                .field(ID, message.id())
                .field(ROOM_ID, message.address().timeline().room().value())
                .field(ORDINAL, message.ordinal())
                .optional(THREAD_ROOT, message.address().timeline().threadRoot())
                .name(AUTHOR);
        users.writeAuthor(json, message.author());
        json.field(BODY, message.body())
                .field(CREATED_AT, message.createdAt())
                .optionalTime(EDITED_AT, message.editedAt())
                .optionalTime(DELETED_AT, message.deletedAt())
                .optional(REPLY_TO, message.replyTo())
                .name(REACTIONS)
                .beginArray();
        for (Reaction reaction : message.reactions()) {
            json.beginObject()
                    .field(EMOJI, reaction.emoji())
                    .field(COUNT, reaction.users().size())
                    .field(MINE, viewer.isPresent() && reaction.users().contains(viewer.get()))
                    .endObject();
        }
        json.endArray();
        if (message.thread().isPresent()) {
            json.name(THREAD);
            thread(json, message.thread().get(), viewer);
        }
        if (!message.mentions().isEmpty()) {
            mentions(json.name(MENTIONS), message.mentions());
        }
        message.pinned().ifPresent(pinned -> pinned(json.name(PINNED), pinned));
        message.echoOf()
                .ifPresent(
                        of ->
                                json.name(ECHO_OF)
                                        .beginObject()
                                        .field(THREAD_ROOT, of.threadRoot())
                                        .field(ORDINAL, of.ordinal())
                                        .field(ID, of.messageId())
                                        .endObject());
        json.optional(ECHOED_AT, message.echoedAt());
        message.forwarded().ifPresent(copy -> forwarded(json.name(FORWARDED), copy));
        json.name(ATTACHMENTS).beginArray();
        for (Attachment file : message.attachments()) {
            files.write(json, file, Optional.of(message.address()));
        }
        json.endArray();
        if (withKey) {
            json.optional(IDEMPOTENCY_KEY, message.idempotencyKey());
        }
    }

    private void mentions(JsonOutput json, Mentions mentions) {
        json.beginObject().name(USERS).beginArray();
        mentions.users().forEach(user -> users.writeAuthor(json, user));
        json.endArray().name(ROLES).beginArray();
        for (String role : mentions.roles()) {
            json.beginObject().field(ID, role).field(DISPLAY_NAME, roleName(role)).endObject();
        }
        json.endArray().field(HERE, mentions.here()).field(ALL, mentions.all()).endObject();
    }

    /** The name to show; of a role that is gone, its id. */
    private String roleName(String role) {
        return access.role(new RoleId(role)).map(Role::displayName).orElse(role);
    }

    private void pinned(JsonOutput json, Pinned pinned) {
        json.beginObject().field(AT, pinned.at()).name(BY);
        users.writeAuthor(json, pinned.by());
        json.endObject();
    }

    private void forwarded(JsonOutput json, Forwarded copy) {
        json.beginObject()
                .field(ROOM_ID, copy.source().timeline().room().value())
                .field(ORDINAL, copy.source().ordinal())
                .optional(THREAD_ROOT, copy.source().timeline().threadRoot())
                .name(AUTHOR);
        users.writeAuthor(json, copy.author());
        json.field(CREATED_AT, copy.createdAt()).field(BODY, copy.body()).endObject();
    }
}
