package io.openmonetize.query.access;

import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Request;

/** Answers a call of someone who may read: signed in, or with a key of that scope. */
@FunctionalInterface
public interface ReaderHandler {
  Answer handle(Request request, Caller caller);
}
