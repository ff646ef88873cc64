/** Jobs: what they are, how they live, and the ports through which they reach the world. */
package io.penstock.control.job;
