/** The trainer service: trainings as jobs that many may ask for and that outlive the machines they run on. */
@NullMarked
package io.atelier.trainer;

import org.jspecify.annotations.NullMarked;
