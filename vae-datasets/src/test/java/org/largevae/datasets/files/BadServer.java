package org.largevae.datasets.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local HTTP server that answers each request as the next entry of its script says. */
final class BadServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
  private final List<String> ranges = new CopyOnWriteArrayList<>();

  /** What the server does with one request. */
  interface Answer {
    void give(HttpExchange exchange, long from) throws IOException;
  }

  BadServer(Answer... answers) throws IOException {
    script.addAll(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address(String name) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + name);
  }

  /** The Range header of each request so far, {@code all} where there was none. */
  List<String> ranges() {
    return ranges;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "all" : range);
    long from = range == null ? 0 : Long.parseLong(range.replaceAll("bytes=(\\d+)-", "$1"));
    Answer answer = script.poll();
    try (exchange) {
      if (answer == null) {
        exchange.sendResponseHeaders(418, -1);
      } else {
        answer.give(exchange, from);
      }
    }
  }

  /** Serves the file as it should be, ranges included. */
  static Answer serve(byte[] file) {
    return sendOnly(file, Integer.MAX_VALUE);
  }

  /** As {@link #serve}, but breaks off after some bytes. */
  static Answer sendOnly(byte[] file, int count) {
    return (exchange, from) -> {
      byte[] rest = Arrays.copyOfRange(file, (int) from, file.length);
      if (from > 0) {
        String range = "bytes " + from + "-" + (file.length - 1) + "/" + file.length;
        exchange.getResponseHeaders().set("Content-Range", range);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
      exchange.getResponseBody().write(rest, 0, Math.min(rest.length, count));
      exchange.getResponseBody().flush();
    };
  }

  static Answer ignoreRange(byte[] file) {
    return (exchange, from) -> serve(file).give(exchange, 0);
  }

  static Answer status(int status) {
    return (exchange, from) -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(String location) {
    return (exchange, from) -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** Answers a range that was not asked for. */
  static Answer otherRange(byte[] file) {
    return (exchange, from) -> {
      exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/" + file.length);
      exchange.sendResponseHeaders(206, 10);
      exchange.getResponseBody().write(file, 0, 10);
    };
  }

  /** Sends without a declared length until the client hangs up. */
  static Answer endless() {
    return (exchange, from) -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      for (int i = 0; i < 1 << 20; i++) {
        body.write(new byte[1 << 10]);
      }
    };
  }

  /** Sends some bytes, then nothing more but keeps the connection. */
  static Answer stall(byte[] file, int count, long milliseconds) {
    return (exchange, from) -> {
      sendOnly(file, count).give(exchange, from);
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
