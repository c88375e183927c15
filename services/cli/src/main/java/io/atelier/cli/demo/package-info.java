/** The first command a newcomer runs: real pictures through every entrance, in a folder with a page that shows them. */
@NullMarked
package io.atelier.cli.demo;

import org.jspecify.annotations.NullMarked;
