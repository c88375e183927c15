/**
 * The trainer's Kafka entrance. A request's record is acknowledged once the request is a row of the ledger; its outcome's
 * event is written with the row's end and sent after it.
 */
@NullMarked
package io.atelier.trainer.api.kafka;

import org.jspecify.annotations.NullMarked;
