package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.keys.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Behind an API whose stage has a name, each path begins with it. */
@ExtendWith(DynamoDbExtension.class)
class StagePathTest {
  private final QuerySystem system;

  StagePathTest(QuerySystem system) {
    this.system = system;
  }

  @Test
  void get_apiBelowTheStage_isAnswered() {
    String key = system.addKey(Scope.READ);

    assertThat(system.get("/prod/v1/events").stage("prod").bearer(key).send().status())
        .isEqualTo(200);
  }

  @Test
  void get_pageBelowTheStage_isAnswered() {
    assertThat(system.get("/prod/").stage("prod").send().status()).isEqualTo(200);
    assertThat(system.get("/prod/assets/app-1a2b3c4d.js").stage("prod").send().status())
        .isEqualTo(200);
  }

  @Test
  void get_theStageWithoutSlash_leadsToThePage() {
    Reply reply = system.get("/prod").stage("prod").send();

    assertThat(reply.status()).isEqualTo(308);
    assertThat(reply.header("location")).isEqualTo("/prod/");
  }

  @Test
  void get_pathThatOnlyBeginsLikeTheStage_isNotCut() {
    assertThat(system.get("/production/").stage("prod").send().status()).isEqualTo(404);
  }

  @Test
  void get_behindADomainOfItsOwn_hasNoStageInItsPath() {
    assertThat(system.get("/v1/openapi.json").stage("prod").send().status()).isEqualTo(200);
  }
}
