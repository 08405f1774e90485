package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stands for the queue, which takes every message at once, and for the store of the keys. */
final class Services {
  private static final byte[] TARGET = ascii("x-amz-target");
  private static final byte[] GET_ITEM = ascii(".getitem");
  private static final byte[] GET_QUEUE_URL = ascii(".getqueueurl");
  private static final byte[] SEND = ascii(".sendmessage");
  private static final byte[] SEND_BATCH = ascii(".sendmessagebatch");
  private static final String KEY_ITEM =
      """
      {"Item":{"id":{"S":"key_1"},"hash":{"S":"h"},"name":{"S":"bench"},"prefix":{"S":"om_dev_"},\
      "environment":{"S":"dev"},"scopes":{"SS":["proxy"]},"created_by":{"S":"bench"},\
      "created_at":{"S":"2026-11-24T00:00:00Z"}}}\
      """;

  private enum Action {
    GET_ITEM,
    GET_QUEUE_URL,
    SEND,
    SEND_BATCH
  }

  private final MessageDigest md5 = md5();
  private final byte[] keyAnswer = answer(KEY_ITEM);
  private final byte[] queueAnswer;
  private final int port;
  private EventLog log = new EventLog();

  private Services(Loop loop) {
    this.port = loop.listen(Answering::new);
    this.queueAnswer = answer("{\"QueueUrl\":\"" + queueUrl() + "\"}");
  }

  static Services start(Loop loop) {
    return new Services(loop);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String queueUrl() {
    return url() + "/000000000000/usage";
  }

  /** How many events came since {@link #take}, on the loop's thread. */
  int events() {
    return log.events.size();
  }

  /** What came since this was last asked, on the loop's thread. */
  EventLog take() {
    EventLog taken = log;
    log = new EventLog();
    return taken;
  }

  private static byte[] answer(String body) {
    return ascii(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  /** The client checks it. */
  private String digest(Bytes body) {
    md5.update(body.array(), 0, body.length());
    return HexFormat.of().formatHex(md5.digest());
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private final class Answering implements Side {
    private final Loop.WireOf wire;
    private final Bytes request = new Bytes();
    private final QueueRequest messages = new QueueRequest();
    private Action action = Action.GET_ITEM;

    Answering(Loop.WireOf wire) {
      this.wire = wire;
    }

    @Override
    public void head(Head head, long now) {
      request.clear();
      int target = head.find(TARGET);
      if (target >= 0 && head.valueEndsWith(target, GET_ITEM)) {
        action = Action.GET_ITEM;
      } else if (target >= 0 && head.valueEndsWith(target, GET_QUEUE_URL)) {
        action = Action.GET_QUEUE_URL;
      } else if (target >= 0 && head.valueEndsWith(target, SEND)) {
        action = Action.SEND;
      } else if (target >= 0 && head.valueEndsWith(target, SEND_BATCH)) {
        action = Action.SEND_BATCH;
      } else {
        throw new IllegalStateException("queue or store were asked for " + head.firstLine());
      }
    }

    @Override
    public void body(byte[] bytes, int from, int to, long now) {
      request.add(bytes, from, to);
    }

    @Override
    public void end(boolean trailers, long now) {
      wire.get()
          .send(
              switch (action) {
                case GET_ITEM -> keyAnswer;
                case GET_QUEUE_URL -> queueAnswer;
                case SEND -> answer(taken("", ""));
                case SEND_BATCH -> answer(taken("{\"Successful\":[", "],\"Failed\":[]}"));
              });
    }

    private String taken(String before, String after) {
      StringBuilder answer = new StringBuilder(256).append(before);
      messages.read(
          request,
          (id, body) -> {
            log.message(body);
            answer.append(answer.length() > before.length() ? ",{" : "{");
            if (id.length() > 0) {
              answer.append("\"Id\":\"").append(id).append("\",");
            }
            answer
                .append("\"MessageId\":\"5fea7756-0ea4-451a-a703-a558b933e274\",")
                .append("\"MD5OfMessageBody\":\"")
                .append(digest(body))
                .append("\"}");
          });
      log.request();
      return answer.append(after).toString();
    }

    @Override
    public void closed() {}
  }
}
