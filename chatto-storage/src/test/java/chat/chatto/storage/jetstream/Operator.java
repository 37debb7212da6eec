package chat.chatto.storage.jetstream;

import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

/** An operator, an account with JetStream and its users, as NATS's decentralised authentication knows them. */
final class Operator {

    private static final String LIMITS =
            "\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,"
                    + "\"wildcards\":true,\"conn\":-1,\"leaf\":-1%s}";
    private static final String JETSTREAM =
            ",\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1";

    private final NKey operator;
    private final NKey account;
    private final NKey system;

    Operator() throws GeneralSecurityException, IOException {
        SecureRandom random = new SecureRandom();
        operator = NKey.createOperator(random);
        account = NKey.createAccount(random);
        system = NKey.createAccount(random);
    }

    /** What a nats-server's configuration says of them. */
    List<String> configuration() throws GeneralSecurityException, IOException {
        return List.of(
                "operator: " + jwt(operator, operator, "{\"type\":\"operator\",\"version\":2}"),
                "system_account: " + name(system),
                "resolver: MEMORY",
                "resolver_preload: { "
                        + name(account)
                        + ": "
                        + jwt(operator, account, claims("account", LIMITS.formatted(JETSTREAM)))
                        + ", "
                        + name(system)
                        + ": "
                        + jwt(operator, system, claims("account", LIMITS.formatted("")))
                        + " }");
    }

    /** Writes the credentials of a new user. */
    Path user(Path file) throws GeneralSecurityException, IOException {
        NKey user = NKey.createUser(new SecureRandom());
        String jwt = jwt(account, user, claims("user", "\"subs\":-1,\"data\":-1,\"payload\":-1"));
        return Files.writeString(
                file, JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed())));
    }

    private static String claims(String type, String rest) {
        return "{\"type\":\"" + type + "\",\"version\":2," + rest + "}";
    }

    private static String jwt(NKey issuer, NKey subject, String claims)
            throws GeneralSecurityException, IOException {
        JsonSerializable nats = () -> claims;
        return JwtUtils.issueJWT(
                issuer,
                name(subject),
                "test",
                null,
                JwtUtils.currentTimeSeconds(),
                name(issuer),
                nats);
    }

    private static String name(NKey key) throws GeneralSecurityException, IOException {
        return new String(key.getPublicKey());
    }
}
