"""Addresses of the three administrators: agencies and accounts, roles and rights, the log."""

from django.urls import path

from jixiao.web.desk.views import accounts, administration, log, rights, role_sheet, roles

urlpatterns = [
    path("agencies", administration.agencies, name="agencies"),
    path("agencies/<int:pk>", administration.agency, name="agency"),
    path("roster", administration.roster, name="roster"),
    path("roster/sample.csv", administration.roster_sample, name="roster-sample"),
    path("accounts", accounts.accounts, name="accounts"),
    path("accounts/new", accounts.new, name="account-new"),
    path("accounts/<int:pk>", accounts.one, name="account-of"),
    path("roles", roles.roles, name="roles"),
    path("roles/sheet", role_sheet.role_sheet, name="role-sheet"),
    path("roles/sheet/people.xlsx", role_sheet.people_without_roles, name="role-sheet-people"),
    path("roles/<int:pk>/end", roles.end, name="role-end"),
    path("rights", rights.rights, name="rights"),
    path("rights/filings/<int:pk>", rights.who_can, name="who-can"),
    path("log", log.log, name="log"),
    path("log/verify", log.verified, name="log-verify"),
    path("log/export", log.export, name="log-export"),
    path("log/verifier.py", log.verifier, name="log-verifier"),
]
