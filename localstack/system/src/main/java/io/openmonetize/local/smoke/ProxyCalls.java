package io.openmonetize.local.smoke;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The calls that the checks make through the proxy. */
final class ProxyCalls {
  private static final String PROMPT = "Count from one to forty in words, separated by commas.";
  private static final int TOKENS_AT_MOST = 200;

  private final Deployment deployment;
  private final SmokeClient client;

  ProxyCalls(Deployment deployment, SmokeClient client) {
    this.deployment = deployment;
    this.client = client;
  }

  /** A user that no other call has, by which its event is found. */
  static String newUser() {
    return "smoke-" + UUID.randomUUID();
  }

  HttpResponse<String> send(String method, String target) throws IOException, InterruptedException {
    return client.send(method, uri(target), Map.of(), "");
  }

  HttpResponse<String> send(String method, String target, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    return client.send(method, uri(target), headers, body);
  }

  /** Costs a fraction of a cent. */
  HttpResponse<InputStream> stream(String userId) throws IOException, InterruptedException {
    return client.open(
        uri("/v1/messages"),
        headers(userId, deployment.anthropicKey().orElseThrow()),
        """
        {"model":"%s","max_tokens":%d,"stream":true,\
        "messages":[{"role":"user","content":"%s"}]}\
        """
            .formatted(deployment.model(), TOKENS_AT_MOST, PROMPT));
  }

  Map<String, String> headers(String userId, String providerKey) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put("anthropic-version", "2023-06-01");
    headers.put("x-api-key", providerKey);
    headers.put("X-OM-Customer-Id", deployment.customerId());
    headers.put("X-OM-User-Id", userId);
    headers.put("X-OM-Feature-Id", "smoke");
    headers.put("X-OM-Api-Key", deployment.apiKey());
    return headers;
  }

  private URI uri(String target) {
    return URI.create(deployment.proxy() + target);
  }
}
