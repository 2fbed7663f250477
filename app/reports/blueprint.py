"""The staff's blueprint; its views are split by subject."""

from flask import Blueprint

reports = Blueprint("reports", __name__, template_folder="templates")
