package chat.chatto.core.push;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Ids;
import chat.chatto.core.Names;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Projection;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredDevice;
import chat.chatto.core.stored.v1.StoredDeviceList;
import chat.chatto.core.stored.v1.StoredDevices;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KeyOwner;
import chat.chatto.kms.Opened;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import com.google.protobuf.ByteString;

import jakarta.inject.Inject;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The devices that people's notifications are pushed to. In memory is only who has any. Safe for use by many threads; methods that read or
 * write throw {@link ChattoException} UNAVAILABLE when storage does not answer.
 */
public final class Devices implements Projection {

    /** The most devices of one person. */
    public static final int MOST = 16;

    /** The longest name of a device, in code points. */
    public static final int NAME_CHARACTERS = 64;

    private static final int ENDPOINT_BYTES = 2_048;
    private static final String KIND = "devices";
    private static final byte[] PLACE = KIND.getBytes(StandardCharsets.US_ASCII);
    private static final int ID_CHARACTERS = 13;
    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final UserDirectory users;
    private final DataKeys keys;
    private final Ids ids;
    private final InstantSource clock;
    private final PushGateway gateway;
    private final Set<UserId> owners = ConcurrentHashMap.newKeySet();

    @Inject
    public Devices(
            ServerBucket server,
            UserDirectory users,
            DataKeys keys,
            Ids ids,
            InstantSource clock,
            PushGateway gateway) {
        this.server = server;
        this.users = users;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
        this.gateway = gateway;
        server.register(KIND, this);
    }

    /** Whether a person has any, from memory. */
    boolean has(UserId user) {
        return owners.contains(user);
    }

    /** A person's devices, in the order in which they were registered. */
    public List<Device> of(UserId user) {
        return server.read(key(user)).map(entry -> open(user, entry)).orElse(List.of());
    }

    /**
     * One of a person's devices.
     *
     * @throws ChattoException NOT_FOUND
     */
    public Device require(UserId user, String id) {
        return of(user).stream()
                .filter(device -> device.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    /**
     * Registers a device; one that is known by its address is renewed and keeps its id.
     *
     * @throws ChattoException INVALID, also when there are {@value #MOST} already; CONFLICT
     */
    public Device register(
            UserId user, String name, URI endpoint, DeviceKeys deviceKeys, boolean preview) {
        String cleaned = cleanName(name);
        Names.checkBytes("endpoint", endpoint.toString(), ENDPOINT_BYTES);
        gateway.check(endpoint);
        String newId = "D" + ids.secret(ID_CHARACTERS);
        Instant now = clock.instant();
        List<Device> changed =
                change(
                        user,
                        former -> {
                            List<Device> devices = new ArrayList<>(former);
                            for (int i = 0; i < devices.size(); i++) {
                                Device known = devices.get(i);
                                if (known.endpoint().equals(endpoint)) {
                                    devices.set(
                                            i,
                                            new Device(
                                                    known.id(),
                                                    cleaned,
                                                    endpoint,
                                                    deviceKeys,
                                                    preview,
                                                    known.createdAt()));
                                    return devices;
                                }
                            }
                            if (devices.size() >= MOST) {
                                throw ChattoException.invalid(
                                        "endpoint",
                                        "is one too many: notifications are pushed to "
                                                + MOST
                                                + " devices of an account, remove another one"
                                                + " first");
                            }
                            devices.add(
                                    new Device(newId, cleaned, endpoint, deviceKeys, preview, now));
                            return devices;
                        });
        return changed.stream()
                .filter(device -> device.endpoint().equals(endpoint))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Changes how a device is called, or whether it shows previews.
     *
     * @throws ChattoException NOT_FOUND, INVALID, CONFLICT
     */
    public Device change(UserId user, String id, Optional<String> name, Optional<Boolean> preview) {
        Optional<String> cleaned = name.map(Devices::cleanName);
        List<Device> changed =
                change(
                        user,
                        former -> {
                            if (former.stream().noneMatch(device -> device.id().equals(id))) {
                                throw unknown(id);
                            }
                            return former.stream()
                                    .map(
                                            device ->
                                                    device.id().equals(id)
                                                            ? device.with(
                                                                    cleaned.orElse(device.name()),
                                                                    preview.orElse(
                                                                            device.preview()))
                                                            : device)
                                    .toList();
                        });
        return changed.stream().filter(device -> device.id().equals(id)).findFirst().orElseThrow();
    }

    /** Removes a device; an unknown one does no harm. */
    public void remove(UserId user, String id) {
        change(user, former -> former.stream().filter(one -> !one.id().equals(id)).toList());
    }

    /** Removes a device whose subscription has ended, unless it was renewed meanwhile. */
    void removeGone(UserId user, Device gone) {
        change(
                user,
                former ->
                        former.stream()
                                .filter(
                                        one ->
                                                !one.id().equals(gone.id())
                                                        || !one.endpoint().equals(gone.endpoint()))
                                .toList());
    }

    private static String cleanName(String name) {
        return Names.clean("name", name, 1, NAME_CHARACTERS);
    }

    private static ChattoException unknown(String id) {
        return ChattoException.notFound("There is no device " + id);
    }

    private List<Device> change(UserId user, UnaryOperator<List<Device>> change) {
        String key = key(user);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> entry = server.read(key);
            List<Device> former = entry.map(present -> open(user, present)).orElse(List.of());
            List<Device> changed = change.apply(former);
            if (changed.equals(former)) {
                return former;
            }
            try {
                server.transact(List.of(write(user, entry, changed)));
                return changed;
            } catch (ConflictException _) {
                // Another device of the person was first: look again.
            }
        }
        throw ChattoException.of(
                ErrorCode.CONFLICT, "The devices are being changed by other devices");
    }

    private Write write(UserId user, Optional<Entry> entry, List<Device> devices) {
        String key = key(user);
        if (devices.isEmpty()) {
            return new Write.Remove(key, entry.orElseThrow().revision());
        }
        byte[] value = seal(user, devices);
        return entry.<Write>map(present -> new Write.Update(key, value, present.revision()))
                .orElseGet(() -> new Write.Create(key, value));
    }

    private byte[] seal(UserId user, List<Device> devices) {
        StoredDeviceList.Builder list = StoredDeviceList.newBuilder();
        for (Device device : devices) {
            list.addDevices(
                    StoredDevice.newBuilder()
                            .setId(device.id())
                            .setName(device.name())
                            .setEndpoint(device.endpoint().toString())
                            .setPublicKey(ByteString.copyFrom(device.keys().publicKey()))
                            .setSecret(ByteString.copyFrom(device.keys().secret()))
                            .setPreview(device.preview())
                            .setCreatedAtMillis(device.createdAt().toEpochMilli()));
        }
        byte[] sealed =
                StorageFailures.translating(
                        () ->
                                keys.seal(
                                        new KeyOwner(user.value()),
                                        list.build().toByteArray(),
                                        PLACE));
        return StoredDevices.newBuilder()
                .setFormat(FORMAT)
                .setSealed(ByteString.copyFrom(sealed))
                .build()
                .toByteArray();
    }

    private List<Device> open(UserId user, Entry entry) {
        byte[] sealed =
                Records.parse(StoredDevices.parser(), entry.value()).getSealed().toByteArray();
        Opened opened =
                StorageFailures.translating(
                        () -> keys.open(new KeyOwner(user.value()), sealed, PLACE));
        return switch (opened) {
            case Opened.Plain(var content) ->
                    Records.parse(StoredDeviceList.parser(), content).getDevicesList().stream()
                            .map(Devices::device)
                            .toList();
            case Opened.Shredded _ -> List.of();
        };
    }

    private static Device device(StoredDevice stored) {
        return new Device(
                stored.getId(),
                stored.getName(),
                URI.create(stored.getEndpoint()),
                new DeviceKeys(
                        stored.getPublicKey().toByteArray(), stored.getSecret().toByteArray()),
                stored.getPreview(),
                Instant.ofEpochMilli(stored.getCreatedAtMillis()));
    }

    @Override
    public void apply(Change change, boolean live) {
        UserId user = users.intern(new UserId(ServerBucket.id(change.key())));
        if (change instanceof Change.Put) {
            owners.add(user);
        } else {
            owners.remove(user);
        }
    }

    private static String key(UserId user) {
        return ServerBucket.entity(KIND, user.value());
    }
}
