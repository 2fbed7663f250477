"""The authors' blueprint; its views are split by subject."""

from flask import Blueprint

from app.authoring.rules.plain_words import plainly

authoring = Blueprint("authoring", __name__, url_prefix="/authoring", template_folder="templates")
authoring.add_app_template_filter(plainly)
