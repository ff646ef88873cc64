package io.penstock.control.job;

/**
 * What a cancel left behind.
 *
 * @param tasksDone committed; their rows stay as the job's publish mode says
 * @param tasksGivenUp in mid-way; a retry reads them again from their beginning
 * @param tasksUntouched planned and never begun
 * @param savepoint whether one was taken
 * @param note what happened, for a person
 */
public record CancelReceipt(
    int tasksDone, int tasksGivenUp, int tasksUntouched, boolean savepoint, String note) {}
