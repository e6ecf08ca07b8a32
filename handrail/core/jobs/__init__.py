"""Background work that survives a crash: the django-tasks interface over a lease table in the same database.

Tables   Job, Schedule
Verbs    task.enqueue (in the caller's transaction), worker.work, Job.retry
Offers   schedule (cron), dedupe keys, dead letters
Never    loses a job that was running when its process was killed: its lease runs out and it is claimed again
"""
