from django.urls import path, re_path

from claims.api import articles, verdicts

urlpatterns = [
    path("articles/", articles.ArticleList.as_view(), name="api-articles"),
    path("articles/<int:number>/", articles.ArticleDetail.as_view(), name="api-article"),
    path("verdicts/", verdicts.VerdictList.as_view(), name="api-verdicts"),
    path("verdicts/<str:number>/", verdicts.VerdictDetail.as_view(), name="api-verdict"),
    # Last: an address below the API where nothing stands answers in the API's form.
    re_path(r"", verdicts.Nowhere.as_view()),
]
