/** Objects that arrive are found, taken once each, and handed to jobs that have no end. */
package io.penstock.control.arrivals;
