package io.openmonetize.sdk;

import java.util.Map;

/**
 * What makes a provider's official client go through the proxy.
 *
 * @param baseUrl for the client's base URL
 * @param headers to be sent with every call; they hold the API key
 */
public record ProxyConfig(String baseUrl, Map<String, String> headers) {
  /** Copies the headers. */
  public ProxyConfig {
    headers = Map.copyOf(headers);
  }

  /** Without the headers, which hold the key. */
  @Override
  public String toString() {
    return "ProxyConfig[baseUrl=" + baseUrl + "]";
  }
}
