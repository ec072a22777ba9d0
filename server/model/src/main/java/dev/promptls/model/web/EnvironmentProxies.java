package dev.promptls.model.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The proxies that `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` name, in either case,
/// as curl and pip read them. Without them the JDK's own choice holds. This machine is never behind
/// a proxy.
public final class EnvironmentProxies extends ProxySelector {
  private static final int USUAL_PORT = 80;

  private final Map<String, String> environment;

  public EnvironmentProxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public List<Proxy> select(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    String proxy = variable(address.getScheme() + "_proxy");
    proxy = proxy == null ? variable("all_proxy") : proxy;
    if (proxy == null && !here) {
      ProxySelector usual = ProxySelector.getDefault();
      return usual == null ? List.of(Proxy.NO_PROXY) : usual.select(address);
    }
    if (here || proxy == null || exempt(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    URI parsed = parsed(proxy);
    if (parsed == null || parsed.getHost() == null) {
      return List.of(Proxy.NO_PROXY);
    }
    int port = parsed.getPort() < 0 ? USUAL_PORT : parsed.getPort();
    return List.of(
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(parsed.getHost(), port)));
  }

  private static @Nullable URI parsed(String proxy) {
    try {
      return URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    } catch (IllegalArgumentException e) {
      // What is no address can be no proxy; the connection then tells what is wrong.
      return null;
    }
  }

  private boolean exempt(String host) {
    String list = variable("no_proxy");
    if (list == null) {
      return false;
    }
    for (String each : list.split("[,\\s]+", -1)) {
      String name = each.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      boolean names = host.equals(name) || host.endsWith("." + name);
      if (each.equals("*") || (!name.isEmpty() && names)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String variable(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String value = environment.getOrDefault(lower, environment.get(lower.toUpperCase(Locale.ROOT)));
    return value == null || value.isBlank() ? null : value.strip();
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException cause) {
    // The request itself fails and tells.
  }
}
