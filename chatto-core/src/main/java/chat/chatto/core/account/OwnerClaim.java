package chat.chatto.core.account;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredOwner;
import chat.chatto.core.stored.v1.StoredUser;
import chat.chatto.kms.RootSecret;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import jakarta.inject.Inject;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the first owner: whoever shows the token that only the operator sees. It is the same on all servers and after every start, until
 * somebody has claimed the server. Safe for use by many threads.
 */
public final class OwnerClaim {

    private static final String KIND = "claim";
    private static final String KEY = ServerBucket.entity(KIND, "owner");
    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final InstantSource clock;
    private final String token;

    private volatile boolean claimed;

    @Inject
    public OwnerClaim(ServerBucket server, RootSecret secret, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        this.token = token(secret.derive("owner-claim"));
        server.register(KIND, (change, _) -> claimed = change instanceof Change.Put);
    }

    /** The token, while nobody owns the server. */
    public Optional<String> pendingToken() {
        return claimed ? Optional.empty() : Optional.of(token);
    }

    /**
     * Makes a person the owner. Of several at once, on whatever server, one becomes it.
     *
     * @throws ChattoException CLAIM_REFUSED for a wrong token or when there is an owner, UNAVAILABLE
     */
    public User claim(UserId user, String shown) {
        byte[] expected = token.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8))) {
            throw refused("This link is not, or no longer, valid");
        }
        StoredOwner owner =
                StoredOwner.newBuilder()
                        .setFormat(FORMAT)
                        .setUser(user.value())
                        .setClaimedAtMillis(clock.millis())
                        .build();
        String userKey = UserDirectory.key(user);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (server.catchUp(KEY)) {
                throw refused("This server has an owner already");
            }
            Entry entry = server.read(userKey).orElseThrow(() -> refused("Sign in first"));
            StoredUser changed =
                    Records.parse(StoredUser.parser(), entry.value()).toBuilder()
                            .setOwner(true)
                            .build();
            try {
                server.transact(
                        List.of(
                                new Write.Create(KEY, owner.toByteArray()),
                                new Write.Update(
                                        userKey, changed.toByteArray(), entry.revision())));
                return UserDirectory.user(user, changed);
            } catch (ConflictException _) {
                // Another claim, or a change of the account: look again.
            }
        }
        throw ChattoException.of(ErrorCode.CONFLICT, "The account is being changed by others");
    }

    private static String token(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] full = mac.doFinal(KIND.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(full);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static ChattoException refused(String message) {
        return ChattoException.of(ErrorCode.CLAIM_REFUSED, message);
    }
}
