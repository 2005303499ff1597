"""What every app may use: access helpers, mail, dates, form rendering, template tags."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "leaderdev.common"
    label = "common"
    verbose_name = "Mail and background work"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from leaderdev.common import checks  # noqa: F401  (importing it registers the deploy checks)
        from leaderdev.common.middleware import begin_session_clock
        from leaderdev.common.workbooks import load_workbooks_on_demand

        load_workbooks_on_demand()
        user_logged_in.connect(begin_session_clock, dispatch_uid="begin_session_clock")
