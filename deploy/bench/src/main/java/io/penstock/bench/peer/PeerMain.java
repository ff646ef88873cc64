package io.penstock.bench.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The process of a peer: loads what it is told to, line by line, until its input ends. */
final class PeerMain {
  static final String READY = "peer: ready";
  static final String DONE = "peer: done";

  private PeerMain() {}

  public static void main(String[] arguments) throws Exception {
    Peer peer = Peer.valueOf(arguments[0]);
    ObjectMapper json = new ObjectMapper();
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println(READY);
    String line;
    while ((line = requests.readLine()) != null) {
      peer.load(json.readValue(line, Request.class));
      System.out.println(DONE);
    }
  }
}
