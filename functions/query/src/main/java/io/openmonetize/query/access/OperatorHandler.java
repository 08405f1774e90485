package io.openmonetize.query.access;

import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.OperatorTable.Operator;

/** Answers a call of someone who is signed in. */
@FunctionalInterface
public interface OperatorHandler {
  Answer handle(Request request, Operator operator);
}
