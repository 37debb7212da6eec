package chat.chatto.bench.load;

import chat.chatto.bench.http.HttpConnection;
import chat.chatto.bench.http.HttpReply;
import chat.chatto.bench.http.Target;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a run needs before it can begin: users and rooms. Unlike a measured request, a refused registration is repeated after a
 * pause when the server says 429, because it limits how fast one address may register.
 */
public final class ChattoApi {

    /** The password of every account that this program makes. */
    public static final String PASSWORD = "correct-horse-battery-staple-7";

    private static final int REGISTERING_AT_ONCE = 2;
    private static final int MAX_ATTEMPTS = 60;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Target target;
    private final Duration timeout;

    public ChattoApi(Target target, Duration timeout) {
        this.target = target;
        this.timeout = timeout;
    }

    /** A new connection, which the caller closes. */
    public HttpConnection connect(Account account) {
        return new HttpConnection(target, timeout, account.token());
    }

    public Target target() {
        return target;
    }

    /** Registers users whose logins are the prefix and a number from 0. */
    public List<Account> register(String prefix, int count) throws InterruptedException {
        List<Callable<Account>> registrations = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            String login = prefix + index;
            registrations.add(() -> register(login));
        }
        return together(registrations);
    }

    /** Creates rooms named {@code prefix-0}, {@code prefix-1}, … and lets every account join every one. */
    public List<String> createRooms(String prefix, int count, List<Account> members)
            throws InterruptedException {
        List<Callable<String>> creations = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            String name = prefix + "-" + index;
            creations.add(() -> createRoom(name, members.getFirst()));
        }
        List<String> rooms = together(creations);
        join(rooms, members.subList(1, members.size()));
        return rooms;
    }

    /** Lets every account join every room. */
    public void join(List<String> rooms, List<Account> members) throws InterruptedException {
        List<Callable<Integer>> joins = new ArrayList<>();
        for (Account member : members) {
            joins.add(
                    () -> {
                        try (HttpConnection connection = connect(member)) {
                            for (String room : rooms) {
                                patiently(
                                        () ->
                                                connection.send(
                                                        "POST",
                                                        "/api/v1/rooms/" + room + "/join",
                                                        "{}",
                                                        null));
                            }
                        }
                        return rooms.size();
                    });
        }
        together(joins);
    }

    private String createRoom(String name, Account creator)
            throws IOException, InterruptedException {
        JsonObject room = new JsonObject();
        room.addProperty("name", name);
        try (HttpConnection connection = connect(creator)) {
            return string(
                    patiently(
                            () -> connection.send("POST", "/api/v1/rooms", room.toString(), null)),
                    "id");
        }
    }

    private Account register(String login) throws IOException, InterruptedException {
        JsonObject request = new JsonObject();
        request.addProperty("login", login);
        request.addProperty("password", PASSWORD);
        try (HttpConnection connection = new HttpConnection(target, timeout, null)) {
            JsonObject answer =
                    patiently(
                            () ->
                                    connection.send(
                                            "POST",
                                            "/api/v1/auth/register",
                                            request.toString(),
                                            null));
            return new Account(
                    string(answer.getAsJsonObject("user"), "id"), login, string(answer, "token"));
        }
    }

    private interface Request {
        HttpReply send() throws IOException;
    }

    private static JsonObject patiently(Request request) throws IOException, InterruptedException {
        HttpReply reply = request.send();
        for (int attempt = 1;
                reply.status() == TOO_MANY_REQUESTS && attempt < MAX_ATTEMPTS;
                attempt++) {
            Thread.sleep(Duration.ofSeconds(1));
            reply = request.send();
        }
        if (!reply.succeeded()) {
            throw new IOException(
                    "the server answered "
                            + reply.status()
                            + " during preparation: "
                            + reply.text());
        }
        return JsonParser.parseString(reply.text()).getAsJsonObject();
    }

    private static String string(JsonObject object, String name) throws IOException {
        if (!object.has(name)) {
            throw new IOException("the answer has no " + name + ": " + object);
        }
        return object.get(name).getAsString();
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(REGISTERING_AT_ONCE)) {
            List<T> results = new ArrayList<>();
            for (Future<T> task : threads.invokeAll(tasks)) {
                results.add(task.get());
            }
            return List.copyOf(results);
        } catch (ExecutionException e) {
            throw new IllegalStateException("preparation failed", e.getCause());
        }
    }
}
