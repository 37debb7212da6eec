package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.storage.Bucket;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.UnavailableException;

import io.nats.NatsRunnerUtils;
import io.nats.client.NKey;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Each way to authenticate, against a real server that asks for it; and what an operator is told when something does not fit. */
class ConnectingIT {

    private static final String DEAD = "nats://127.0.0.1:1";

    @TempDir static Path directory;

    private static final List<NatsServer> servers = new ArrayList<>();

    private static NKey user;
    private static Operator operator;
    private static Path authority;
    private static NatsServer open;
    private static NatsServer token;
    private static NatsServer password;
    private static NatsServer nkey;
    private static NatsServer jwt;
    private static NatsServer tls;
    private static NatsServer misnamed;
    private static NatsServer plain;
    private static NatsServer forbidding;

    @BeforeAll
    static void startServers() throws Exception {
        user = NKey.createUser(new SecureRandom());
        operator = new Operator();
        Certificates certificates = new Certificates(directory);
        authority = certificates.authority("authority");
        open = start("open");
        token = start("token", "authorization { token: \"s3cret\" }");
        password = start("password", "authorization { user: \"chatto\", password: \"s3cret\" }");
        nkey =
                start(
                        "nkey",
                        "authorization { users: [ { nkey: "
                                + new String(user.getPublicKey())
                                + " } ] }");
        jwt = start("jwt", operator.configuration().toArray(String[]::new));
        tls = start("tls", certificates.server("server", "authority", "ip:127.0.0.1"));
        misnamed = start("misnamed", certificates.server("other", "authority", "dns:example.org"));
        forbidding =
                start(
                        "forbidding",
                        "accounts { A { users: [ { user: a, password: a } ] }, B { users: [ { user:"
                                + " b, password: b } ], jetstream: enabled } }");
        plain = new NatsServer(directory("plain"), NatsRunnerUtils.nextPort(), List.of(), false);
        plain.start();
        servers.add(plain);
    }

    private static NatsServer start(String name, String... lines) throws Exception {
        NatsServer server =
                new NatsServer(directory(name), NatsRunnerUtils.nextPort(), List.of(lines));
        server.start();
        servers.add(server);
        return server;
    }

    private static Path directory(String name) throws Exception {
        return Files.createDirectory(directory.resolve(name));
    }

    @AfterAll
    static void stopServers() {
        servers.forEach(NatsServer::close);
    }

    @Test
    void connectsWithoutCredentials() {
        assertWorks(JetStreamConfig.local(open.url()));
    }

    @Test
    void connectsWithAToken() {
        assertWorks(with(token, new Credentials.Token("s3cret")));
    }

    @Test
    void connectsWithUserAndPassword() {
        assertWorks(with(password, new Credentials.UserPassword("chatto", "s3cret")));
    }

    @Test
    void connectsWithAnNkey() {
        assertWorks(with(nkey, new Credentials.Nkey(new String(user.getSeed()))));
    }

    @Test
    void connectsWithACredentialsFile() throws Exception {
        Path file = operator.user(directory.resolve("chatto.creds"));

        assertWorks(with(jwt, new Credentials.CredentialsFile(file)));
    }

    @Test
    void connectsOverTlsThatItsOwnAuthorityVouchesFor() {
        assertWorks(JetStreamConfig.local(tls.url()).withCaCertificate(authority));
    }

    @Test
    void passesOverAServerThatIsDown() {
        assertWorks(JetStreamConfig.local(DEAD).withUrls(List.of(DEAD, open.url())));
    }

    @Test
    void namesTheKeyOfCredentialsThatAreRefused() throws Exception {
        NKey stranger = NKey.createUser(new SecureRandom());
        Path file = new Operator().user(directory.resolve("stranger.creds"));

        assertRefused(JetStreamConfig.local(token.url()), "nats.client.auth_method");
        assertRefused(with(token, new Credentials.Token("wrong")), "nats.client.token");
        assertRefused(
                with(password, new Credentials.UserPassword("chatto", "wrong")),
                "nats.client.username and nats.client.password");
        assertRefused(
                with(nkey, new Credentials.Nkey(new String(stranger.getSeed()))),
                "nats.client.nkey_seed");
        assertRefused(
                with(jwt, new Credentials.CredentialsFile(file)),
                "nats.client.credentials_file (" + file + ")");
    }

    @Test
    void namesTheKeyOfCredentialsThatAreNone() throws Exception {
        Path file = Files.writeString(directory.resolve("empty.creds"), "nothing");

        assertRefused(with(nkey, new Credentials.Nkey("SUX")), "nats.client.nkey_seed");
        assertRefused(
                with(jwt, new Credentials.CredentialsFile(file)), "nats.client.credentials_file");
    }

    @Test
    void noticesRefusedCredentialsThoughAnotherServerIsDown() {
        JetStreamConfig config = with(token, new Credentials.Token("wrong"));

        assertRefused(config.withUrls(List.of(token.url(), DEAD)), "nats.client.token");
        assertRefused(config.withUrls(List.of(DEAD, token.url())), "nats.client.token");
    }

    @Test
    void neverShowsASecret() {
        JetStreamConfig config =
                JetStreamConfig.local("nats://chatto:hidden@" + token.url().substring(7));

        assertThatThrownBy(() -> JetStreamStorage.open(config))
                .isInstanceOf(RefusedException.class)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void saysWhatIsWrongWithTls() throws Exception {
        Path stranger = new Certificates(directory).authority("stranger");
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");

        assertRefused(JetStreamConfig.local(tls.url()), "wants TLS", "tls://");
        assertRefused(
                JetStreamConfig.local(tls.url()).withCaCertificate(stranger),
                "nats.client.ca_cert");
        assertRefused(
                JetStreamConfig.local(tls.url().replace("nats:", "tls:")), "nats.client.ca_cert");
        assertRefused(
                JetStreamConfig.local(tls.url()).withCaCertificate(empty), "nats.client.ca_cert");
        assertRefused(
                JetStreamConfig.local(misnamed.url()).withCaCertificate(authority),
                "the certificate must name 127.0.0.1");
        assertRefused(
                JetStreamConfig.local(open.url()).withCaCertificate(authority),
                "does not offer TLS");
    }

    @Test
    void saysOfEachServerWhyItCannotBeReached() {
        JetStreamConfig config =
                JetStreamConfig.local(DEAD)
                        .withUrls(List.of(DEAD, "nats://no-such-host.invalid:4222"));

        assertThatThrownBy(() -> JetStreamStorage.open(config))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("127.0.0.1:1 does not accept connections")
                .hasMessageContaining("no-such-host.invalid:4222 is not a known host")
                .hasMessageContaining("nats.client.url");
    }

    @Test
    void needsJetStream() {
        assertRefused(JetStreamConfig.local(plain.url()), "JetStream is not enabled", "jetstream");
        assertRefused(
                with(forbidding, new Credentials.UserPassword("a", "a")),
                "JetStream is not enabled for the account");
    }

    @Test
    void needsAServerThatIsNewEnough() throws Exception {
        try (OldServer old = new OldServer("2.11.9")) {
            assertRefused(
                    JetStreamConfig.local(old.url()), "2.11.9 is too old", "2.12.0", "upgrade");
        }
    }

    private static JetStreamConfig with(NatsServer server, Credentials credentials) {
        return JetStreamConfig.local(server.url()).withCredentials(credentials);
    }

    private static void assertWorks(JetStreamConfig config) {
        try (JetStreamStorage storage = JetStreamStorage.open(config)) {
            long revision = storage.bucket(Bucket.SERVER).put("a", new byte[] {1});

            assertThat(storage.bucket(Bucket.SERVER).get("a").orElseThrow().revision())
                    .isEqualTo(revision);
        }
    }

    private static void assertRefused(JetStreamConfig config, String... named) {
        assertThatThrownBy(() -> JetStreamStorage.open(config).close())
                .isInstanceOf(RefusedException.class)
                .message()
                .contains(named)
                .doesNotContain("s3cret");
    }
}
