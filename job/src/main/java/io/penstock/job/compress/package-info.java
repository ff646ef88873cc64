/** Recognises and undoes compression, multi-member streams included. */
package io.penstock.job.compress;
