package chat.chatto.core;

import chat.chatto.core.access.AccessDirectory;
import chat.chatto.core.access.AccessSetup;
import chat.chatto.core.access.Grants;
import chat.chatto.core.access.Permissions;
import chat.chatto.core.access.Roles;
import chat.chatto.core.access.RoomMentions;
import chat.chatto.core.access.RoomPermissions;
import chat.chatto.core.access.RoomTimelineAccess;
import chat.chatto.core.access.RoomUploadAccess;
import chat.chatto.core.access.ServerEmojiAccess;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.Newcomers;
import chat.chatto.core.account.OwnerClaim;
import chat.chatto.core.account.PasswordHasher;
import chat.chatto.core.account.People;
import chat.chatto.core.account.Sessions;
import chat.chatto.core.account.SignInThrottle;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.asset.AttachmentSource;
import chat.chatto.core.asset.Claims;
import chat.chatto.core.asset.LinkSigner;
import chat.chatto.core.asset.PictureUse;
import chat.chatto.core.asset.Portraits;
import chat.chatto.core.asset.StoredFiles;
import chat.chatto.core.asset.UploadAccess;
import chat.chatto.core.asset.Uploads;
import chat.chatto.core.attachment.AttachedFiles;
import chat.chatto.core.attachment.RoomFiles;
import chat.chatto.core.emoji.CustomEmoji;
import chat.chatto.core.emoji.Emoji;
import chat.chatto.core.emoji.EmojiAccess;
import chat.chatto.core.notification.Attention;
import chat.chatto.core.notification.FollowedThreads;
import chat.chatto.core.notification.Notifications;
import chat.chatto.core.notification.Wishes;
import chat.chatto.core.personal.Drafts;
import chat.chatto.core.personal.PreferencesStore;
import chat.chatto.core.personal.SavedMessages;
import chat.chatto.core.personal.Statuses;
import chat.chatto.core.picture.Avatars;
import chat.chatto.core.picture.PicturesInUse;
import chat.chatto.core.picture.ServerLogo;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.presence.PresenceChoices;
import chat.chatto.core.presence.PresenceLimits;
import chat.chatto.core.presence.Typing;
import chat.chatto.core.readstate.PersonalBucket;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.room.BanExpiry;
import chat.chatto.core.room.Conversations;
import chat.chatto.core.room.GroupDirectory;
import chat.chatto.core.room.Groups;
import chat.chatto.core.room.Moderation;
import chat.chatto.core.room.ReadMarker;
import chat.chatto.core.room.RoomAccess;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomHeads;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.room.SlowMode;
import chat.chatto.core.search.Search;
import chat.chatto.core.search.SearchConfig;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.timeline.MentionDirectory;
import chat.chatto.core.timeline.TimelineAccess;
import chat.chatto.core.timeline.TimelineLimits;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.kms.DataKeys;
import chat.chatto.storage.Storage;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;

/** Binds the domain; storage and keys come from their own modules. Whoever builds the injector starts and closes {@link Core}. */
public final class CoreModule extends AbstractModule {

    private final CoreConfig config;

    public CoreModule(CoreConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        bind(CoreConfig.class).toInstance(config);
        bind(SearchConfig.class).toInstance(config.search());
        bind(Clock.class).toInstance(Clock.systemUTC());
        bind(InstantSource.class).to(Clock.class);
        bind(SecureRandom.class).toInstance(new SecureRandom());
        // Registered with ServerBucket or PersonalBucket before anybody can start those.
        List.of(
                        UserDirectory.class,
                        RoomDirectory.class,
                        GroupDirectory.class,
                        AccessDirectory.class,
                        OwnerClaim.class,
                        PresenceChoices.class,
                        Wishes.class,
                        CustomEmoji.class,
                        ServerLogo.class,
                        ReadPositions.class,
                        Drafts.class,
                        SavedMessages.class)
                .forEach(projection -> bind(projection).asEagerSingleton());
        List.of(
                        Core.class,
                        Ids.class,
                        ServerBucket.class,
                        PasswordHasher.class,
                        SignInThrottle.class,
                        Accounts.class,
                        Sessions.class,
                        People.class,
                        PersonalBucket.class,
                        Emoji.class,
                        Statuses.class,
                        PreferencesStore.class,
                        Rooms.class,
                        Groups.class,
                        Conversations.class,
                        Moderation.class,
                        BanExpiry.class,
                        SlowMode.class,
                        Typing.class,
                        Attention.class,
                        AccessSetup.class,
                        Roles.class,
                        Grants.class,
                        Permissions.class,
                        RoomPermissions.class,
                        RoomTimelineAccess.class,
                        RoomMentions.class,
                        ServerEmojiAccess.class,
                        Search.class,
                        RoomUploadAccess.class,
                        Uploads.class,
                        Claims.class,
                        LinkSigner.class,
                        StoredFiles.class,
                        RoomFiles.class,
                        AttachedFiles.class,
                        Portraits.class,
                        Avatars.class,
                        PicturesInUse.class)
                .forEach(service -> bind(service).in(Singleton.class));
        bind(ReadMarker.class).to(ReadPositions.class);
        bind(Newcomers.class).to(Rooms.class);
        bind(RoomAccess.class).to(RoomPermissions.class);
        bind(EmojiAccess.class).to(ServerEmojiAccess.class);
        bind(UploadAccess.class).to(RoomUploadAccess.class);
        bind(AttachmentSource.class).to(Claims.class);
        bind(PictureUse.class).to(PicturesInUse.class);
        bind(TimelineAccess.class).to(RoomTimelineAccess.class);
        bind(MentionDirectory.class).to(RoomMentions.class);
        bind(RoomHeads.class).to(Timelines.class);
    }

    @Provides
    @Singleton
    Timelines timelines(
            Storage storage,
            DataKeys keys,
            TimelineAccess access,
            MentionDirectory mentionable,
            InstantSource clock,
            SecureRandom random,
            AttachmentSource attachments) {
        return new Timelines(
                storage,
                keys,
                access,
                mentionable,
                clock,
                random,
                TimelineLimits.standard(),
                config.pageFile(),
                attachments);
    }

    @Provides
    Notifications notifications(Attention attention) {
        return attention.notifications();
    }

    @Provides
    FollowedThreads followedThreads(Attention attention) {
        return attention.threads();
    }

    @Provides
    @Singleton
    Presence presence(Storage storage, UserDirectory users, PresenceChoices choices, Ids ids) {
        return new Presence(storage, users, choices, ids, PresenceLimits.standard());
    }
}
